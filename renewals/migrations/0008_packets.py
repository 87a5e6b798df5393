"""Packets of closed periods, and what PostgreSQL itself refuses about them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Hashes are computed here once more, so that neither the words nor the file can part from theirs, whatever wrote them.
HASHES = """
ALTER TABLE renewals_renewalpacket ADD CONSTRAINT packet_period_of_same_user
    FOREIGN KEY (period_id, user_id) REFERENCES certifications_renewalperiod (id, user_id);
ALTER TABLE renewals_renewalpacket ADD CONSTRAINT packet_digest_of_content
    CHECK (digest = encode(sha256(convert_to(canonical, 'UTF8')), 'hex'));
ALTER TABLE renewals_renewalpacket ADD CONSTRAINT packet_digest_of_file
    CHECK (pdf_digest = encode(sha256(pdf), 'hex'));
"""
HASHES_BACK = """
ALTER TABLE renewals_renewalpacket DROP CONSTRAINT packet_digest_of_file;
ALTER TABLE renewals_renewalpacket DROP CONSTRAINT packet_digest_of_content;
ALTER TABLE renewals_renewalpacket DROP CONSTRAINT packet_period_of_same_user;
"""

FROZEN = """
CREATE FUNCTION packet_of_closed_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM certifications_renewalperiod WHERE id = NEW.period_id AND closed_at IS NULL) THEN
        PERFORM cpd_refuse('packet_of_closed_period', 'A packet is kept of a closed renewal period only.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER packet_of_closed_period BEFORE INSERT ON renewals_renewalpacket
    FOR EACH ROW EXECUTE FUNCTION packet_of_closed_period();

CREATE FUNCTION packet_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW IS DISTINCT FROM OLD THEN
        PERFORM cpd_refuse('packet_stays', 'The packet of a closed renewal period stays as it is.');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER packet_stays BEFORE UPDATE OR DELETE ON renewals_renewalpacket
    FOR EACH ROW EXECUTE FUNCTION packet_stays();
"""
FROZEN_BACK = """
DROP TRIGGER packet_stays ON renewals_renewalpacket;
DROP FUNCTION packet_stays();
DROP TRIGGER packet_of_closed_period ON renewals_renewalpacket;
DROP FUNCTION packet_of_closed_period();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("certifications", "0004_employer_guards"),
        ("renewals", "0007_import_columns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RenewalPacket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("canonical", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                ("pdf", models.BinaryField()),
                ("pdf_digest", models.CharField(max_length=64)),
                ("frozen_at", models.DateTimeField()),
                (
                    "period",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="packet",
                        to="certifications.renewalperiod",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.RunSQL(HASHES, HASHES_BACK),
        migrations.RunSQL(FROZEN, FROZEN_BACK),
    ]
