using Gateway.DeviceAgent.Gateway;
using Gateway.DeviceAgent.Modem;
using Gateway.DeviceProtocol;

namespace Gateway.Specs.Outbox;

public sealed class LinkSpecs
{
    [Theory]
    [InlineData(4401, AgentExit.BadProof)]
    [InlineData(4403, AgentExit.Revoked)]
    [InlineData(4409, AgentExit.Superseded)]
    [InlineData(4410, AgentExit.Regressed)]
    [InlineData(4429, null)]
    [InlineData(1001, null)]
    [InlineData(null, null)]
    public void Some_close_codes_end_the_agent_and_the_others_let_it_come_back(int? closeCode, int? exit) =>
        Assert.Equal(exit, AgentExit.Of(closeCode)?.Code);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(7, 60)]
    [InlineData(5000, 60)]
    public void The_bound_of_the_waits_doubles_up_to_a_minute(int tries, int seconds)
    {
        Assert.Equal(TimeSpan.FromSeconds(seconds), BackOff.Usual.Wait(tries, 1));
        Assert.Equal(TimeSpan.Zero, BackOff.Usual.Wait(tries, 0));
    }

    [Fact]
    public void A_folder_belongs_to_one_agent_at_a_time_and_keeps_its_key()
    {
        var path = Directory.CreateTempSubdirectory("folder").FullName;
        string key;
        using (var folder = DeviceFolder.Take(path))
        {
            key = Proof.PublicKey(folder.Key());
            Assert.Equal(
                AgentExit.Busy,
                Assert.Throws<AgentException>(() => DeviceFolder.Take(path)).Exit.Code
            );
        }
        using (var folder = DeviceFolder.Take(path))
        {
            Assert.Equal(key, Proof.PublicKey(folder.Key()));
            Assert.Null(folder.Membership());
        }
        Directory.Delete(path, recursive: true);
    }

    [Fact]
    public void A_radio_is_named_by_its_URI()
    {
        var uri = RadioUri.Parse("sim:day.json?seed=7&number=+447700900001");

        Assert.Equal(
            ("sim", "day.json", 7, "+447700900001"),
            (uri.Scheme, uri.Path, uri.Number("seed"), uri.Text("number"))
        );
        Assert.Equal("/dev/ttyUSB2", RadioUri.Parse("at:///dev/ttyUSB2?baud=9600").Path);
        Assert.Throws<FormatException>(() => RadioUri.Parse("ttyUSB2"));
    }

    [Theory]
    [InlineData(38, typeof(Refused))]
    [InlineData(197, typeof(Refused))]
    [InlineData(331, typeof(NeverLeft))]
    [InlineData(500, typeof(Unknown))]
    [InlineData(332, typeof(Unknown))]
    [InlineData(9999, typeof(Unknown))]
    public void An_error_number_proves_what_it_proves_and_no_more(int code, Type verdict) =>
        Assert.IsType(verdict, CmsVerdict.Of(code));
}
