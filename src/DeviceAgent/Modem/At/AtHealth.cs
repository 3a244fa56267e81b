using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Modem.At;

/// <summary>Reads signal, registration, battery and memory from a modem (3GPP TS 27.007, 7.2, 8.4, 8.5).</summary>
public sealed class AtHealth(AtDialogue dialogue, string sim, ModemSetup setup)
{
    private const int NotKnown = 99;

    public async Task<HealthReading> Read(CancellationToken stop)
    {
        var dbm = await Dbm(stop);
        var registration = Registration(AtFields.Number(await Fields("AT+CREG?", "+CREG:", stop), 1));
        var radioOff = AtFields.Number(await Fields("AT+CFUN?", "+CFUN:", stop), 0) is { } function and not 1;
        var network = await Fields("AT+COPS?", "+COPS:", stop);
        var fill = await setup.Stores.Fill(stop);

        var reading = new SimReading(
            sim,
            Slot: 1,
            State: await SimState(stop),
            IccidLast4: setup.Identity.Iccid is { Length: > 4 } iccid ? iccid[^4..] : null,
            Number: setup.Identity.Number,
            Operator: setup.Identity.Operator ?? network.ElementAtOrDefault(2),
            Mccmnc: setup.Identity.Mccmnc,
            Registration: registration,
            Tech: Tech(AtFields.Number(network, 3)),
            Dbm: dbm,
            Bars: dbm is { } signal ? Math.Clamp((signal + 113) / 10, 0, 5) : null,
            Roaming: registration is null ? null : registration == "roaming",
            Store: fill is { } store ? new(store.Used, store.Of) : null,
            ServiceCentre: setup.HasServiceCentre,
            Radio: radioOff ? "off" : "on"
        );
        return new(new(Battery: await Battery(stop)), [reading]);
    }

    /// <summary><c>+CSQ</c> counts steps of 2 dB from −113 dBm.</summary>
    private async Task<int?> Dbm(CancellationToken stop) =>
        AtFields.Number(await Fields("AT+CSQ", "+CSQ:", stop), 0) is { } steps and not NotKnown
            ? -113 + 2 * steps
            : null;

    private async Task<BatteryReading?> Battery(CancellationToken stop)
    {
        var fields = await Fields("AT+CBC", "+CBC:", stop);
        return AtFields.Number(fields, 1) is { } percent
            ? new(percent, AtFields.Number(fields, 0) == 0 ? "discharging" : "charging")
            : null;
    }

    private async Task<string?> SimState(CancellationToken stop)
    {
        var answer = await dialogue.Ask("AT+CPIN?", stop: stop);
        return answer.Find("+CPIN:") is { } line ? StateOf(AtFields.Of(line)[0])
            : answer.Code == 10 ? "absent"
            : null;
    }

    /// <summary>The state of a SIM as <c>+CPIN</c> words it.</summary>
    public static string StateOf(string word) =>
        word switch
        {
            "READY" => "ready",
            "SIM PUK" or "SIM PUK2" => "blocked",
            "NOT INSERTED" or "NOT READY" => "absent",
            _ => "locked",
        };

    private static string? Registration(int? state) =>
        state switch
        {
            1 or 6 => "home",
            5 or 7 => "roaming",
            0 or 2 => "searching",
            3 => "denied",
            _ => null,
        };

    private static string? Tech(int? access) =>
        access switch
        {
            0 or 1 or 3 => "gsm",
            2 or 4 or 5 or 6 => "umts",
            7 => "lte",
            >= 10 and <= 13 => "nr",
            _ => null,
        };

    private async Task<IReadOnlyList<string>> Fields(string command, string prefix, CancellationToken stop) =>
        (await dialogue.Ask(command, stop: stop)).Find(prefix) is { } line ? AtFields.Of(line) : [];
}
