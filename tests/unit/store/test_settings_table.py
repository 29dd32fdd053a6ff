from fastclip_desktop.store.database import Database
from fastclip_desktop.store.settings_table import SettingsTable


def test_a_value_is_set_replaced_and_removed(memory: Database) -> None:
    with memory.transaction() as connection:
        table = SettingsTable(connection)
        assert table.get("policy") is None
        table.put("policy", "local")
        table.put("policy", "hosted")
        table.put("other", "")
        assert table.get("policy") == "hosted"
        assert table.get("other") == ""
        table.remove("policy")
        assert table.get("policy") is None
