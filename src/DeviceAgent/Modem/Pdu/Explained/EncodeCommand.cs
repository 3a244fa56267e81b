using System.CommandLine;
using Gateway.DeviceAgent.Gateway;

namespace Gateway.DeviceAgent.Modem.Pdu.Explained;

/// <summary><c>agent pdu encode</c>: the PDUs of a text, as a modem is given them.</summary>
internal static class EncodeCommand
{
    private static readonly Option<string> To = new("--to")
    {
        Description = "Whom it goes to.",
        Required = true,
    };

    private static readonly Option<string?> Text = new("--text") { Description = "The text." };

    private static readonly Option<string?> Octets = new("--data")
    {
        Description = "Octets for an application in hexadecimal, in place of a text.",
    };

    private static readonly Option<string?> Centre = new("--smsc")
    {
        Description = "The service centre; the modem's own when left out.",
    };

    private static readonly Option<int?> Class = new("--class")
    {
        Description = "0 is shown at once and not kept (flash), 1 device, 2 SIM, 3 terminal.",
    };

    private static readonly Option<int?> Validity = new("--validity")
    {
        Description = "Minutes that the network tries; rounded down to what can be said.",
    };

    private static readonly Option<int?> Port = new("--port") { Description = "The application's port." };

    private static readonly Option<int> Reference = new("--reference")
    {
        Description = "What the segments of a long text have in common.",
    };

    private static readonly Option<bool> Wide = new("--wide") { Description = "A reference of 16 bits." };

    private static readonly Option<bool> Ucs2 = new("--ucs2")
    {
        Description = "UCS-2 even where GSM 7-bit would do.",
    };

    private static readonly Option<string?> Language = new("--language")
    {
        Description =
            "With the tables of Turkish, Spanish or Portuguese: tr, es, pt. Many handsets lack them.",
    };

    private static readonly Option<bool> Report = new("--report")
    {
        Description = "Ask for a delivery report.",
    };

    public static Command Create()
    {
        Class.Validators.Add(given =>
        {
            if (given.GetValueOrDefault<int?>() is < 0 or > 3)
            {
                given.AddError("A class is 0, 1, 2 or 3.");
            }
        });
        Language.AcceptOnlyFromAmong("tr", "es", "pt");
        var encode = new Command("encode", "Make the PDUs of a text.")
        {
            To,
            Text,
            Octets,
            Centre,
            Class,
            Validity,
            Port,
            Reference,
            Wide,
            Ucs2,
            Language,
            Report,
        };
        encode.Validators.Add(given =>
        {
            if (given.GetResult(Text) is null == given.GetResult(Octets) is null)
            {
                given.AddError("Say one of --text and --data.");
            }
            else if (given.GetValue(Octets) is { } hex && Hex.Octets(hex) is null)
            {
                given.AddError("--data is not hexadecimal.");
            }
        });
        encode.SetAction(Run);
        return encode;
    }

    private static int Run(ParseResult given)
    {
        var table = given.GetValue(Language) switch
        {
            "tr" => 1,
            "es" => 2,
            "pt" => 3,
            _ => 0,
        };
        var inputs = new SubmitInputs(
            given.GetRequiredValue(To),
            given.GetValue(Text),
            given.GetValue(Octets),
            given.GetValue(Ucs2) ? "ucs2" : null,
            given.GetValue(Centre),
            given.GetValue(Class),
            given.GetValue(Validity),
            given.GetValue(Reference),
            given.GetValue(Wide),
            given.GetValue(Port),
            SingleShiftTable: table,
            StatusReport: given.GetValue(Report)
        );
        foreach (var submit in inputs.Pdus())
        {
            var pdu = submit.Encode();
            Console.WriteLine($"AT+CMGS={pdu.TpduLength}");
            Console.WriteLine(pdu.Hex);
            PduCommands.Write(PduFields.Of(submit));
        }

        return AgentExit.Stopped;
    }
}
