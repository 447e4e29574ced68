using ClusterNet.Postgres;
using Npgsql;
using Shouldly;

namespace ClusterNet.Tests.Postgres;

public class DefaultSettingsTests
{
    [Fact]
    public void What_the_store_is_tuned_for_is_set_where_nothing_was_said()
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionStrings.WithDefaults("Host=localhost;Username=me"));

        (settings.MaxAutoPrepare, settings.AutoPrepareMinUsages, settings.MaxPoolSize, settings.NoResetOnClose, settings.ApplicationName)
            .ShouldBe((200, 2, 100, true, "clusternet"));
    }

    [Theory]
    [InlineData("Host=localhost;Max Auto Prepare=7;Maximum Pool Size=9;No Reset On Close=false")]
    [InlineData("host=localhost;MaxAutoPrepare=7;MaxPoolSize=9;NoResetOnClose=false")]
    public void An_operators_own_values_win(string given)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionStrings.WithDefaults(given));

        (settings.MaxAutoPrepare, settings.MaxPoolSize, settings.NoResetOnClose).ShouldBe((7, 9, false));
    }
}
