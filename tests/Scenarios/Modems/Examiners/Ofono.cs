namespace Gateway.Scenarios.Modems.Examiners;

public sealed class Ofono() : Examiner("tcp", "clean")
{
    private Dictionary<string, string> Bus => PrivateBus.Environment(At("bus"));

    [Fact]
    public async Task It_sends_and_receives()
    {
        var ofono = Installed("ofonod", "ofono");
        var daemon = Installed("dbus-daemon", "dbus");
        var gdbus = Installed("gdbus", "libglib2.0-bin");
        await Write("bus.conf", PrivateBus.Configuration(At("bus")));
        await Write(
            "phonesim.conf",
            $"[phonesim]\nDriver=phonesim\nAddress=127.0.0.1\nPort={new Uri(Network.Uri).Port}\n"
        );
        Begin(daemon, ["--config-file=bus.conf", "--nofork"]);
        await Until(() => File.Exists(At("bus")), "a bus");
        Begin(
            ofono,
            ["-n"],
            new Dictionary<string, string>(Bus) { ["OFONO_PHONESIM_CONFIG"] = At("phonesim.conf") }
        );
        await Until(async () => await Says("Modem.SetProperty", "Powered", "<true>"), "a modem");
        await Until(async () => await Says("Modem.SetProperty", "Online", "<true>"), "a modem on air");
        await Until(
            async () => await Says("MessageManager.SetProperty", "UseDeliveryReports", "<true>"),
            "texts"
        );
        Begin(gdbus, ["monitor", "--system", "--dest", "org.ofono"], Bus);
        await Until(() => Read("gdbus").Contains("The name org.ofono is owned"), "a look at the bus");

        Assert.True(await Says("MessageManager.SendMessage", Remote, TwoParts));
        await BothSegmentsWereTaken();

        Network.Carrier.Text("sim1", Remote, OnePart);
        await Until(() => Read("gdbus").Contains($"IncomingMessage ('{OnePart}'"), "a text");

        async Task<bool> Says(string method, params string[] arguments)
        {
            try
            {
                string[] call = ["call", "--system", "--dest", "org.ofono", "--object-path", "/phonesim"];
                await Run(gdbus, [.. call, "--method", $"org.ofono.{method}", .. arguments], Bus);
                return true;
            }
            catch (Xunit.Sdk.XunitException)
            {
                return false;
            }
        }
    }
}
