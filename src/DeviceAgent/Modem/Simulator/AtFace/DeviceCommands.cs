using System.Globalization;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary>Commands about the modem, the SIM and the network (ITU-T V.250; 3GPP TS 27.007).</summary>
internal sealed class DeviceCommands(ModemSettings settings, Line line, Func<DateTimeOffset> now)
{
    private const string Imei = "490154203237518";
    private const int OperationNotSupported = 4;
    private const int SimNotInserted = 10;
    private const int PinRequired = 11;
    private const int PukRequired = 12;
    private const int IncorrectPassword = 16;
    private const int PinTries = 3;

    /// <summary>Commands that programs set and only their state matters: what <c>?</c> and <c>=?</c> say.</summary>
    private static readonly Dictionary<string, (string Read, string Test)> Plain = new()
    {
        ["+CMMS"] = ("0", "(0-2)"),
        ["+CLIP"] = ("0,1", "(0,1)"),
        ["+CRC"] = ("0", "(0,1)"),
        ["+CCWA"] = ("0", "(0,1)"),
        ["+COLP"] = ("0,1", "(0,1)"),
        ["+CSSN"] = ("0,0", "(0,1),(0,1)"),
        ["+CTZU"] = ("0", "(0,1)"),
        ["+CFUN"] = ("1", "(0,1,4),(0,1)"),
        ["+IFC"] = ("0,0", "(0-2),(0-2)"),
    };

    private int triesLeft = settings.Personality.AsksPin ? PinTries : 0;
    private bool isOpen = !settings.Personality.AsksPin;

    /// <summary>Null when the command is not one of these.</summary>
    public Reply? Answer(HostCommand command) =>
        command.Name switch
        {
            "E" => Echo(command),
            "Z" or "&F" => Reset(),
            "I" => Reply.Of("Manufacturer: PTYSIM", "Model: SIM-1", "Revision: 1.0", $"IMEI: {Imei}"),
            "V" or "Q" or "X" or "H" or "S" or "&C" or "&D" or "&W" or "&K" => Reply.Ok,
            "+CGMI" or "+GMI" => Reply.Of("PTYSIM"),
            "+CGMM" or "+GMM" => Reply.Of("SIM-1"),
            "+CGMR" or "+GMR" => Reply.Of("Revision: 1.0"),
            "+CGSN" or "+GSN" => Reply.Of(Imei),
            "+GCAP" => Reply.Of("+GCAP: +CGSM,+DS"),
            "+CMEE" => ErrorForm(command),
            "+CSCS" => CharacterSet(command),
            "+CCLK" when command.Form == CommandForm.Read => Reply.Of($"+CCLK: \"{Clock()}\""),
            "+CBC" => Reply.Of("+CBC: 0,87"),
            "+CPAS" => Reply.Of("+CPAS: 0"),
            "+CRSM" or "+CSIM" => Reply.Cme(OperationNotSupported, settings.ErrorForm),
            "+CSCB" or "+CGDCONT" or "+WS46" or "+CPBS" when command.Form == CommandForm.Test => Reply.Ok,
            "+CLCK" when command.Form == CommandForm.Test => Reply.Of("+CLCK: 0"),
            _ => Subscription(command) ?? Network(command) ?? Setting(command),
        };

    private Reply? Subscription(HostCommand command) =>
        command.Name switch
        {
            "+CPIN" or "+CIMI" or "+CCID" or "+CNUM" when line.State == LineState.Absent => Reply.Cme(
                SimNotInserted,
                settings.ErrorForm
            ),
            "+CPIN" => Pin(command),
            "+CPINR" when command.Form == CommandForm.Set => Reply.Of(
                $"+CPINR: SIM PIN,{triesLeft},{PinTries}"
            ),
            "+CIMI" or "+CNUM" or "+CMGS" or "+CMGW" or "+CPMS" or "+CSCA" when !isOpen => Reply.Cme(
                triesLeft > 0 ? PinRequired : PukRequired,
                settings.ErrorForm
            ),
            "+CIMI" => Reply.Of($"{line.Sim.Mccmnc}0000000001"),
            "+CCID" => Reply.Of("+CCID: 8944000000000000001"),
            "+CNUM" => Reply.Of($"+CNUM: \"\",\"{line.Sim.Number}\",145"),
            "+CUSD" => Ussd(command),
            _ => null,
        };

    private Reply? Network(HostCommand command) =>
        command.Name switch
        {
            "+CSQ" => Reply.Of(IsOnAir ? "+CSQ: 21,99" : "+CSQ: 99,99"),
            "+CESQ" when command.Form == CommandForm.Execute => Reply.Of("+CESQ: 99,99,255,255,20,60"),
            "+CGATT" => Reply.Of($"+CGATT: {(IsOnAir ? 1 : 0)}"),
            "+COPS" => Operator(command),
            "+CREG" or "+CGREG" or "+CEREG" => Registration(command),
            _ => null,
        };

    private bool IsOnAir => line.State == LineState.Ready && isOpen;

    /// <summary>Three wrong PINs close the SIM (3GPP TS 27.007, 8.3).</summary>
    private Reply Pin(HostCommand command)
    {
        if (command.Form != CommandForm.Set || isOpen)
        {
            var state =
                isOpen ? "READY"
                : triesLeft > 0 ? "SIM PIN"
                : "SIM PUK";
            return command.Form == CommandForm.Read ? Reply.Of($"+CPIN: {state}") : Reply.Ok;
        }

        isOpen = triesLeft > 0 && command.Text(0) == Personality.RightPin;
        triesLeft = isOpen ? PinTries : Math.Max(0, triesLeft - 1);
        return isOpen ? Reply.Ok : Reply.Cme(IncorrectPassword, settings.ErrorForm);
    }

    private Reply Echo(HostCommand command)
    {
        settings.Echo = command.Number(0) != 0;
        return Reply.Ok;
    }

    private Reply Reset()
    {
        settings.Reset();
        return Reply.Ok;
    }

    private Reply ErrorForm(HostCommand command)
    {
        settings.ErrorForm = command.Form == CommandForm.Set ? command.Number(0) ?? 0 : settings.ErrorForm;
        return Stated(command, settings.ErrorForm.ToString(CultureInfo.InvariantCulture), "(0-2)");
    }

    private Reply CharacterSet(HostCommand command)
    {
        string[] known = settings.Personality.OnlyUcs2 ? ["UCS2"] : ["GSM", "IRA", "UCS2", "HEX"];
        if (command.Form == CommandForm.Set && !known.Contains(command.Text(0)))
        {
            return Reply.Error;
        }

        settings.CharacterSet = command.Form == CommandForm.Set ? command.Text(0) : settings.CharacterSet;
        return Stated(
            command,
            $"\"{settings.CharacterSet}\"",
            $"({string.Join(',', known.Select(set => $"\"{set}\""))})"
        );
    }

    private Reply Operator(HostCommand command)
    {
        if (command is { Form: CommandForm.Set } && command.Number(0) == 3)
        {
            settings.OperatorForm = command.Number(1) ?? 0;
        }

        var name = settings.OperatorForm == 2 ? line.Sim.Mccmnc : settings.Said(line.Sim.Operator);
        var current = IsOnAir ? $"0,{settings.OperatorForm},\"{name}\",2" : "0";
        return Stated(command, current, $"(2,\"{line.Sim.Operator}\",,\"{line.Sim.Mccmnc}\",2)");
    }

    private Reply Registration(HostCommand command)
    {
        if (command.Form == CommandForm.Set)
        {
            settings.Values[command.Name] = command.Text(0);
        }

        var mode = settings.Values.GetValueOrDefault(command.Name, "0");
        return Stated(command, $"{mode},{(IsOnAir ? 1 : 0)}", "(0-2)");
    }

    private Reply Ussd(HostCommand command) =>
        command is { Form: CommandForm.Set } && command.Text(1).Length > 0
            ? Reply.Ok with
            {
                Then = $"+CUSD: 0,\"{settings.Said("Balance: 12.34 EUR")}\",15",
            }
            : Stated(command, "1", "(0-2)");

    private Reply? Setting(HostCommand command)
    {
        if (!Plain.TryGetValue(command.Name, out var usual))
        {
            return null;
        }

        if (command.Form == CommandForm.Set)
        {
            settings.Values[command.Name] = string.Join(',', command.Arguments);
        }

        return Stated(command, settings.Values.GetValueOrDefault(command.Name, usual.Read), usual.Test);
    }

    private string Clock() => now().ToString("yy/MM/dd,HH:mm:ss", CultureInfo.InvariantCulture) + "+00";

    private static Reply Stated(HostCommand command, string current, string possible) =>
        command.Form switch
        {
            CommandForm.Read => Reply.Of($"{command.Name}: {current}"),
            CommandForm.Test => Reply.Of($"{command.Name}: {possible}"),
            _ => Reply.Ok,
        };
}
