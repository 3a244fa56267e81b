namespace Gateway.Scenarios.Modems.Examiners;

public sealed class Smstools() : Examiner("pty", "cdsiSm")
{
    [Fact]
    public async Task It_sends_and_receives()
    {
        var smsd = Installed("smsd", "smstools");
        foreach (var folder in (string[])["outgoing", "checked", "failed", "incoming", "sent", "report"])
        {
            Directory.CreateDirectory(At(folder));
        }

        await Write(
            "smsd.conf",
            $"""
            devices = GSM1
            outgoing = {At("outgoing")}
            checked = {At("checked")}
            failed = {At("failed")}
            incoming = {At("incoming")}
            sent = {At("sent")}
            report = {At("report")}
            logfile = {At("log")}
            infofile = {At("info")}
            pidfile = {At("pid")}
            delaytime = 1
            [GSM1]
            device = {Network.Link}
            init = AT+CNMI=2,0,0,2,1
            incoming = yes
            report = yes
            baudrate = 115200

            """
        );
        Begin(smsd, ["-c", At("smsd.conf"), "-t"]);

        await Write("draft", $"To: {Remote[1..]}\nReport: yes\n\n{TwoParts}");
        File.Move(At("draft"), At("outgoing/text"));
        await BothSegmentsWereTaken();
        await Until(() => Directory.GetFiles(At("report")).Length == 2, "two reports");

        TextsComeIn();
        await Until(() => CameIn(OnePart) && CameIn(TwoParts), "both texts");

        bool CameIn(string text) =>
            Directory
                .GetFiles(At("incoming"))
                .Any(file => File.ReadAllText(file).EndsWith(text, StringComparison.Ordinal));
    }
}
