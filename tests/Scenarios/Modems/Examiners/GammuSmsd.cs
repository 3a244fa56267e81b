namespace Gateway.Scenarios.Modems.Examiners;

public sealed class GammuSmsd() : Examiner("pty", "echo")
{
    [Fact]
    public async Task It_sends_and_receives()
    {
        var smsd = Installed("gammu-smsd", "gammu-smsd");
        foreach (var folder in (string[])["inbox", "outbox", "sent", "error"])
        {
            Directory.CreateDirectory(At(folder));
        }

        await Write(
            "rc",
            $"""
            [gammu]
            device = {Network.Link}
            connection = at115200
            [smsd]
            service = files
            logfile = {At("log")}
            inboxpath = {At("inbox/")}
            outboxpath = {At("outbox/")}
            sentsmspath = {At("sent/")}
            errorsmspath = {At("error/")}
            inboxformat = standard
            deliveryreport = log
            ReceiveFrequency = 2
            StatusFrequency = 5
            CommTimeout = 2

            """
        );
        Begin(smsd, ["-c", At("rc")]);

        await Run(
            Installed("gammu-smsd-inject", "gammu-smsd"),
            ["-c", At("rc"), "TEXT", Remote, "-len", "400", "-report", "-text", TwoParts]
        );
        await BothSegmentsWereTaken();

        TextsComeIn();
        await Until(() => Received() == OnePart + TwoParts, "both texts");
        Assert.Empty(Directory.GetFiles(At("error")));
    }

    /// <summary>Files are named by centre time, sender and segment.</summary>
    private string Received() =>
        string.Concat(Directory.GetFiles(At("inbox")).Order(StringComparer.Ordinal).Select(File.ReadAllText));
}
