namespace Gateway.Scenarios.Modems.Examiners;

public sealed class Gnokii() : Examiner("pty", "echo")
{
    [Fact]
    public async Task It_sends_and_receives()
    {
        var gnokii = Installed("gnokii", "gnokii-cli");
        await Write(
            "rc",
            $"""
            [global]
            port = {Network.Link}
            model = AT
            connection = serial
            use_locking = no
            serial_baudrate = 115200

            """
        );

        // It reads the text from its standard input.
        await Write("text", TwoParts);
        await Gnokiis("--sendsms", Remote, "-r", "--long", "400", "<", "text");
        await BothSegmentsWereTaken();

        TextsComeIn();
        await Until(() => Network.Stored("SM") == 3, "three segments on the SIM");
        var said = (await Gnokiis("--getsms", "SM", "1", "end")).ReplaceLineEndings("");
        Assert.Contains(OnePart, said);
        Assert.Contains("Linked (1/2):", said);
        Assert.Contains("Linked (2/2):", said);

        Task<string> Gnokiis(params string[] arguments) =>
            Run(
                "/bin/sh",
                ["-c", $"{gnokii} --config rc {string.Join(' ', arguments)}"],
                new Dictionary<string, string> { ["HOME"] = Folder }
            );
    }
}
