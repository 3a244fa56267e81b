using System.Text;
using Gateway.DeviceAgent.Modem.At.Inbox;
using Gateway.DeviceAgent.Modem.Pdu;
using Gateway.Domain.Telephony;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>
/// Brings a modem from any state to one that sends and receives (3GPP TS 27.005, 27.007). Every setting is made anew,
/// because a modem keeps what the last program left behind.
/// </summary>
/// <param name="pin">Entered once, and only when the SIM asks for it: three wrong tries lock a SIM for good.</param>
public sealed class AtStartup(AtDialogue dialogue, string? pin = null)
{
    private const int LeastTries = 2;

    /// <summary>It has no other character set for names and numbers (3GPP TS 27.007, 5.5).</summary>
    private bool speaksUcs2;

    /// <exception cref="ModemUnfitException">There is no modem, no open SIM, or no PDU mode.</exception>
    public async Task<ModemSetup> Run(CancellationToken stop)
    {
        if (!await dialogue.Wake(stop))
        {
            throw new ModemUnfitException(dialogue.Lost ?? "Nothing answers as a modem would.");
        }

        await AskAll(stop, "ATE0", "ATV1", "AT+CMEE=1");
        await OpenSim(stop);
        if (!(await dialogue.Ask("AT+CSCS=\"GSM\"", stop: stop)).IsOk)
        {
            speaksUcs2 = (await dialogue.Ask("AT+CSCS=\"UCS2\"", stop: stop)).IsOk;
        }

        var identity = await ReadIdentity(stop);
        await AskAll(stop, "AT+CFUN?", "AT+CREG=2", "AT+CGREG=2", "AT+CEREG=2");
        identity = identity with { Mccmnc = await Operator(2, stop), Operator = await Operator(0, stop) };

        if (!(await dialogue.Ask("AT+CMGF=0", stop: stop)).IsOk)
        {
            throw new ModemUnfitException("The modem has no PDU mode.");
        }

        await AskAll(stop, "AT+CSMS=0");
        var centre = (await dialogue.Ask("AT+CSCA?", stop: stop)).Find("+CSCA:");
        var stores = await MessageStores.Choose(dialogue, stop);
        var pushes = await Notices(stores, stop);
        return new(identity, stores, pushes, centre is not null && AtFields.Of(centre)[0].Length > 0);
    }

    /// <summary>Settings that a modem may refuse without being useless.</summary>
    private async Task AskAll(CancellationToken stop, params IEnumerable<string> commands)
    {
        foreach (var command in commands)
        {
            await dialogue.Ask(command, stop: stop);
        }
    }

    private async Task OpenSim(CancellationToken stop)
    {
        var state = (await dialogue.Ask("AT+CPIN?", stop: stop)).Find("+CPIN:");
        if (state is null || state.EndsWith("READY", StringComparison.Ordinal))
        {
            return;
        }

        if (!state.EndsWith("SIM PIN", StringComparison.Ordinal) || pin is null)
        {
            throw new ModemUnfitException($"The SIM is not open: {AtFields.Of(state)[0]}.");
        }

        await EnterPin(pin, stop);
    }

    private async Task EnterPin(string code, CancellationToken stop)
    {
        var left = (await dialogue.Ask("AT+CPINR=\"SIM PIN\"", stop: stop)).Find("+CPINR:");
        if (left is not null && AtFields.Number(AtFields.Of(left), 1) < LeastTries)
        {
            throw new ModemUnfitException("The SIM has one try left for its PIN; a person must enter it.");
        }

        var sim = await Line("AT+CCID", stop) ?? await Line("AT+CGSN", stop) ?? "";
        if (PinTries.WasTried(sim, code))
        {
            throw new ModemUnfitException("The SIM did not take this PIN before; it is not tried again.");
        }

        PinTries.Remember(sim, code);
        if (!(await dialogue.Ask($"AT+CPIN=\"{code}\"", stop: stop)).IsOk)
        {
            throw new ModemUnfitException("The SIM did not take the PIN; it is not tried again.");
        }

        PinTries.Forget(sim);
    }

    private async Task<ModemIdentity> ReadIdentity(CancellationToken stop) =>
        new(
            await Line("AT+CGMI", stop),
            await Line("AT+CGMM", stop),
            await Line("AT+CGMR", stop),
            await Line("AT+CGSN", stop),
            await Line("AT+CIMI", stop),
            await Line("AT+CCID", stop) ?? await Line("AT+ICCID", stop) ?? await Line("AT^ICCID?", stop),
            await OwnNumber(stop)
        );

    /// <summary>Store first, then tell: the network is content, the text is safe, and we delete it when we have it.</summary>
    private async Task<bool> Notices(MessageStores stores, CancellationToken stop)
    {
        var line = (await dialogue.Ask("AT+CNMI=?", stop: stop)).Find("+CNMI:");
        var offered = line is null ? [] : AtFields.Of(line).Select(AtFields.Group).ToArray();
        var mode = offered is [var modes, ..] && !modes.Contains("2") ? "1" : "2";
        var kinds = offered is [_, _, _, var fourth, ..] ? fourth : [];
        var keeps = kinds.Contains("2") && (stores.Reports is not null || !kinds.Contains("1"));
        var reports = keeps ? "2" : "1";
        var buffer = offered is [_, _, _, _, var buffers] && !buffers.Contains("0") ? "1" : "0";

        foreach (var setting in (string[])[$"{mode},1,0,{reports},{buffer}", "2,1,0,1,0", "1,1,0,1,0", "1,1"])
        {
            if ((await dialogue.Ask("AT+CNMI=" + setting, stop: stop)).IsOk)
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="form">0 the name, 2 the number.</param>
    private async Task<string?> Operator(int form, CancellationToken stop)
    {
        await dialogue.Ask($"AT+COPS=3,{form}", stop: stop);
        var line = (await dialogue.Ask("AT+COPS?", stop: stop)).Find("+COPS:");
        var fields = line is null ? [] : AtFields.Of(line);
        return fields.Count > 2 && AtFields.Number(fields, 1) == form ? Words(fields[2]) : null;
    }

    private async Task<string?> OwnNumber(CancellationToken stop)
    {
        var line = (await dialogue.Ask("AT+CNUM", stop: stop)).Find("+CNUM:");
        var number = line is null ? null : Words(AtFields.Of(line).ElementAtOrDefault(1) ?? "");
        return Msisdn.TryParse(number, out var known) ? known.Value : null;
    }

    /// <summary>As it is when it isn't in UCS-2: numbers of operators never are.</summary>
    private string Words(string said) =>
        speaksUcs2 && said.Length % 4 == 0 && Hex.Octets(said) is { } octets
            ? Encoding.BigEndianUnicode.GetString(octets)
            : said;

    /// <summary>The first line of an answer, without the command's name some modems put before it.</summary>
    private async Task<string?> Line(string command, CancellationToken stop)
    {
        var line = (await dialogue.Ask(command, stop: stop)).Line;
        return line is ['+' or '^', ..] && line.Contains(':') ? AtFields.Of(line)[0] : line?.Trim('"');
    }
}
