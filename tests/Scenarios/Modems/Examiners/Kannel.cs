using System.Net;

namespace Gateway.Scenarios.Modems.Examiners;

public sealed class Kannel() : Examiner("pty", "cds")
{
    private readonly int ports = Random.Shared.Next(20_000, 30_000);

    /// <summary>It asks for a report of the first segment only.</summary>
    [Fact]
    public async Task It_sends_and_receives()
    {
        var (bearerbox, smsbox) = (Installed("bearerbox", "kannel"), Installed("smsbox", "kannel"));
        using var receiver = new HttpListener();
        receiver.Prefixes.Add($"http://127.0.0.1:{ports + 3}/");
        receiver.Start();
        var (texts, reports) = (new List<string>(), 0);
        var receiving = Task.Run(
            async () =>
            {
                while (receiver.IsListening)
                {
                    var call = await receiver.GetContextAsync();
                    reports += call.Request.Url!.AbsolutePath == "/report" ? 1 : 0;
                    if (call.Request.QueryString["text"] is { } text)
                    {
                        lock (texts)
                        {
                            texts.Add(text);
                        }
                    }

                    call.Response.Close();
                }
            },
            Stop
        );
        await Write("kannel.conf", Configuration());
        Begin(bearerbox, ["kannel.conf"]);
        await Until(() => Read("bearerbox.log").Contains("AT SMSC successfully opened"), "an open modem");
        Begin(smsbox, ["kannel.conf"]);

        using var http = new HttpClient();
        var order =
            $"http://127.0.0.1:{ports + 2}/cgi-bin/sendsms?username=u&password=p&from=447700900001"
            + $"&to={Uri.EscapeDataString(Remote)}&dlr-mask=1"
            + $"&dlr-url={Uri.EscapeDataString($"http://127.0.0.1:{ports + 3}/report")}"
            + $"&text={Uri.EscapeDataString(TwoParts)}";
        await Until(async () => await Accepts(http, order), "somebody who takes a text");
        await BothSegmentsWereTaken(second: false);
        await Until(() => reports > 0, "a report");

        TextsComeIn();
        await Until(
            () =>
            {
                lock (texts)
                {
                    return texts.Count == 2;
                }
            },
            "both texts"
        );
        Assert.Equal([OnePart, TwoParts], texts.Select(text => text.Trim()).Order());
        receiver.Stop();
        await Task.WhenAny(receiving);
    }

    private static async Task<bool> Accepts(HttpClient http, string order)
    {
        try
        {
            using var answer = await http.GetAsync(order, Stop);
            return answer.StatusCode == HttpStatusCode.Accepted;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private string Configuration() =>
        $"""
            group = core
            admin-port = {ports}
            smsbox-port = {ports + 1}
            admin-password = x
            log-file = "{At("bearerbox.log")}"
            log-level = 0
            box-allow-ip = "127.0.0.1"
            dlr-storage = internal

            group = smsc
            smsc = at
            smsc-id = modem
            modemtype = simulated
            device = {Network.Link}
            speed = 115200
            my-number = "+447700900001"

            group = modems
            id = simulated
            name = "simulated"
            init-string = "AT+CNMI=1,2,0,1,0"

            group = smsbox
            bearerbox-host = 127.0.0.1
            sendsms-port = {ports + 2}
            log-file = "{At("smsbox.log")}"
            log-level = 0

            group = sendsms-user
            username = u
            password = p
            max-messages = 3
            concatenation = true

            group = sms-service
            keyword = default
            catch-all = true
            max-messages = 0
            get-url = "http://127.0.0.1:{ports + 3}/?text=%a"

            """;
}
