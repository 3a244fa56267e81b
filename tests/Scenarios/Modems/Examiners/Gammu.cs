namespace Gateway.Scenarios.Modems.Examiners;

public sealed class Gammu() : Examiner("pty", "echo")
{
    [Fact]
    public async Task It_sends_and_receives()
    {
        var gammu = Installed("gammu", "gammu");
        await Write("rc", $"[gammu]\ndevice={Network.Link}\nconnection=at115200\n");

        await Run(
            gammu,
            ["-c", "rc", "sendsms", "TEXT", Remote, "-len", "400", "-report", "-text", TwoParts]
        );
        await BothSegmentsWereTaken();

        TextsComeIn();
        var said = await Run(gammu, ["-c", "rc", "geteachsms"]);
        Assert.Contains(OnePart, said);
        Assert.Contains(TwoParts, said);
        Assert.Contains("3 SMS parts in 2 SMS sequences", said);
    }
}
