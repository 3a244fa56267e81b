using Gateway.DeviceAgent.Modem.Pdu;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace.Texts;

/// <summary>Takes the PDUs that programs hand over and asks the network (3GPP TS 27.005, 3.5 and 3.4.4).</summary>
internal sealed class SubmitDesk(ModemSettings settings, ModemMemory memory, Carrier carrier, Line line)
{
    private const int InvalidPdu = 304;
    private const int InvalidIndex = 321;
    private const int MemoryFull = 322;
    private const int UnknownError = 500;
    private const int Unsent = 2;
    private const int Sent = 3;

    private bool wasReset;

    /// <summary>Does the command ask for a PDU, so that a prompt comes next?</summary>
    public static bool Prompts(HostCommand command) =>
        command switch
        {
            { Name: "+CMGS" or "+CMGW", Form: CommandForm.Set } => true,
            { Name: "+CNMA", Form: CommandForm.Set } => command.Number(1) > 0,
            _ => false,
        };

    /// <summary>Null when the command is not one of these.</summary>
    public async Task<Reply?> Answer(HostCommand command, CancellationToken stop) =>
        command.Name switch
        {
            "+CMSS" when command.Form == CommandForm.Set => await SendKept(command.Number(0) ?? 0, stop),
            "+CNMA" => command.Form == CommandForm.Test ? Reply.Of("+CNMA: (0-2)") : Reply.Ok,
            "+CMGS" or "+CMGW" or "+CMSS" when command.Form == CommandForm.Test => Reply.Ok,
            _ => null,
        };

    /// <summary>Takes the PDU after a prompt.</summary>
    public async Task<Reply> Take(HostCommand command, string hex, CancellationToken stop)
    {
        if (command.Name == "+CNMA")
        {
            return Reply.Ok;
        }

        if (
            Hex.Octets(hex) is not { Length: > 0 } octets
            || octets.Length - 1 - octets[0] != command.Number(0)
        )
        {
            return Reply.Cms(InvalidPdu);
        }

        return command.Name == "+CMGW" ? Keep(hex, command) : await Send(octets, "+CMGS", stop);
    }

    private async Task<Reply> SendKept(int index, CancellationToken stop)
    {
        if (memory.Read(settings.Stores[1], index) is not { } kept)
        {
            return Reply.Cms(InvalidIndex);
        }

        var reply = await Send(Hex.Octets(kept.Hex) ?? [], "+CMSS", stop);
        if (reply.Final == "OK")
        {
            memory.Put(settings.Stores[1], index, kept with { Status = Sent });
        }

        return reply;
    }

    private Reply Keep(string hex, HostCommand command) =>
        memory.Keep(settings.Stores[1], new(hex, command.Number(0) ?? 0, command.Number(1) ?? Unsent))
            is { } index
            ? Reply.Of($"+CMGW: {index}")
            : Reply.Cms(MemoryFull);

    private async Task<Reply> Send(byte[] octets, string name, CancellationToken stop)
    {
        if (SmsSubmit.Decode(octets).Value is not { } submit)
        {
            return Reply.Cms(InvalidPdu);
        }

        var verdict = await carrier.Submit(line.Sim.Sim, PartOf(submit), stop);
        return verdict.Answer switch
        {
            CarrierAnswer.Accepted => Taken($"{name}: {verdict.Reference}"),
            CarrierAnswer.Error => Reply.Cms(verdict.Code),
            _ => Reply.Silence,
        };
    }

    private Reply Taken(string line)
    {
        switch (settings.Personality.AfterSubmit)
        {
            case AfterSubmit.Silence:
                return Reply.Silence;
            case AfterSubmit.Error:
                return Reply.Cms(UnknownError);
            case AfterSubmit.Reset when !wasReset:
                wasReset = true;
                return Reply.Silence with { Resets = true };
            default:
                return Reply.Of(line);
        }
    }

    private static CarrierSubmit PartOf(SmsSubmit submit)
    {
        var concat = submit.Payload.Header.Concatenation;
        return new(
            submit.To.Value,
            submit.Payload.Text ?? Convert.ToHexString((submit.Payload.Octets ?? default).Span),
            concat?.Sequence ?? 1,
            concat?.Total ?? 1,
            concat?.Reference,
            submit.StatusReport
        );
    }
}
