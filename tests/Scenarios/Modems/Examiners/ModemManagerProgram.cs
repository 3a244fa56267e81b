namespace Gateway.Scenarios.Modems.Examiners;

public sealed class ModemManagerProgram() : Examiner("unix", "echo")
{
    private Dictionary<string, string> Bus => PrivateBus.Environment(At("bus"));

    /// <summary>It asks for a report of the last segment only.</summary>
    [Fact]
    public async Task It_sends_and_receives()
    {
        var manager = Installed("ModemManager", "modemmanager");
        var daemon = Installed("dbus-daemon", "dbus");
        await Write("bus.conf", PrivateBus.Configuration(At("bus")));
        Begin(daemon, ["--config-file=bus.conf", "--nofork"]);
        await Until(() => File.Exists(At("bus")), "a bus");
        Begin(manager, ["--test-session", "--test-enable", "--test-no-udev", "--no-auto-scan"], Bus);
        await Until(async () => await Tried(SetProfile) is not null, "a manager");
        await Until(
            async () =>
                (await Tried(["mmcli", "-L"]))?.Contains("/Modem/0", StringComparison.Ordinal) == true,
            "a modem"
        );
        await Run("mmcli", ["-m", "any", "-e"], Bus);

        var made = await Run(
            "mmcli",
            [
                "-m",
                "any",
                $"--messaging-create-sms=number='{Remote}',delivery-report-request='yes',text='{TwoParts}'",
            ],
            Bus
        );
        await Run(
            "mmcli",
            ["-s", made[made.IndexOf("/org", StringComparison.Ordinal)..].Trim(), "--send"],
            Bus
        );
        await BothSegmentsWereTaken(first: false);

        Network.Carrier.Text("sim1", Remote, OnePart);
        await Until(async () => (await Received()).Contains(OnePart), "a text");
    }

    private string[] SetProfile =>
        [
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.ModemManager1",
            "/org/freedesktop/ModemManager1",
            "org.freedesktop.ModemManager1.Test.SetProfile",
            "string:virtual",
            "string:generic",
            $"array:string:{Network.Link}",
        ];

    private async Task<IReadOnlyList<string>> Received()
    {
        var texts = new List<string>();
        foreach (
            var path in (await Run("mmcli", ["-m", "any", "--messaging-list-sms"], Bus))
                .Split('\n')
                .Where(line => line.Contains("(received)"))
                .Select(line => line.Trim().Split(' ')[0])
        )
        {
            var fields = (await Run("mmcli", ["-s", path, "-K"], Bus)).Split('\n');
            texts.Add(
                fields
                    .First(field => field.StartsWith("sms.content.text", StringComparison.Ordinal))
                    .Split(':', 2)[1]
                    .Trim()
            );
        }

        return texts;
    }

    /// <summary>Null while it doesn't work yet.</summary>
    private async Task<string?> Tried(string[] command)
    {
        try
        {
            return await Run(command[0], command[1..], Bus);
        }
        catch (Xunit.Sdk.XunitException)
        {
            return null;
        }
    }
}
