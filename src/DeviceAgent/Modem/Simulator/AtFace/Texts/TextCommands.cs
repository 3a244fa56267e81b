namespace Gateway.DeviceAgent.Modem.Simulator.AtFace.Texts;

/// <summary>Commands about texts, except handing them over (3GPP TS 27.005, 3.2 to 3.4). PDU mode only.</summary>
internal sealed class TextCommands(ModemSettings settings, ModemMemory memory)
{
    private const int InvalidIndex = 321;
    private const int InvalidMemory = 302;
    private const int NotSupported = 303;

    /// <summary>Null when the command is not one of these.</summary>
    public Reply? Answer(HostCommand command) =>
        command.Name switch
        {
            "+CMGF" => Format(command),
            "+CSMS" => Service(command),
            "+CSCA" => Said(command, $"\"{InboundPdus.Centre}\",145", null),
            "+CNMI" => Notices(command),
            "+CPMS" => Stores(command),
            "+CMGL" => List(command),
            "+CMGR" => Read(command),
            "+CMGD" => Delete(command),
            _ => null,
        };

    private static Reply Format(HostCommand command) =>
        command.Form == CommandForm.Set && command.Number(0) != 0 ? Reply.Error : Said(command, "0", "(0)");

    private Reply Service(HostCommand command)
    {
        if (command.Form == CommandForm.Set)
        {
            settings.Service = command.Number(0) ?? 0;
            return Reply.Of("+CSMS: 1,1,1");
        }

        return Said(command, $"{settings.Service},1,1,1", "(0,1)");
    }

    private Reply Notices(HostCommand command)
    {
        if (
            command.Form == CommandForm.Set
            && command.Number(3) is { } reports
            && !ReportForms.Contains(reports)
        )
        {
            return Reply.Cms(NotSupported);
        }

        if (command.Form == CommandForm.Set)
        {
            settings.Notices = [.. settings.Notices.Select((old, i) => command.Number(i) ?? old)];
        }

        return Said(
            command,
            string.Join(',', settings.Notices),
            $"(0,1,2),(0,1,2,3),(0,2,3),({string.Join(',', ReportForms)}),(0,1)"
        );
    }

    /// <summary>What <c>ds</c> of <c>+CNMI</c> may be: 1 passes reports on, 2 keeps them.</summary>
    private int[] ReportForms =>
        settings.Personality.Reports switch
        {
            ReportPlace.None => [0, 1],
            ReportPlace.Sim => [0, 2],
            _ => [0, 1, 2],
        };

    private Reply Stores(HostCommand command)
    {
        if (command.Form == CommandForm.Test)
        {
            var reports = settings.Personality.Reports == ReportPlace.OwnStore ? ",\"SR\"" : "";
            return Reply.Of(
                $"+CPMS: (\"SM\",\"ME\",\"MT\"{reports}),(\"SM\",\"ME\",\"MT\"),(\"SM\",\"ME\",\"MT\")"
            );
        }

        if (command.Form == CommandForm.Read)
        {
            return Reply.Of("+CPMS: " + string.Join(',', settings.Stores.Select(s => $"\"{s}\",{Fill(s)}")));
        }

        if (command.Arguments.Any(store => store.Length > 0 && !ModemMemory.Exists(store)))
        {
            return Reply.Cms(InvalidMemory);
        }

        for (var i = 0; i < settings.Stores.Length; i++)
        {
            settings.Stores[i] = command.Text(i) is { Length: > 0 } store ? store : settings.Stores[i];
        }

        return Reply.Of("+CPMS: " + string.Join(',', settings.Stores.Select(Fill)));
    }

    private Reply List(HostCommand command) =>
        command.Form == CommandForm.Test
            ? Reply.Of("+CMGL: (0-4)")
            : Reply.Of([
                .. memory
                    .List(settings.Stores[0], command.Number(0) ?? 0)
                    .SelectMany(found =>
                        new[]
                        {
                            $"+CMGL: {found.Index},{found.Kept.Status},,{found.Kept.TpduLength}",
                            found.Kept.Hex,
                        }
                    ),
            ]);

    /// <summary>An empty place answers a bare <c>OK</c>, as many modems do.</summary>
    private Reply Read(HostCommand command) =>
        command.Number(0) is not { } index || index < 1 || index > memory.Size(settings.Stores[0])
            ? Reply.Cms(InvalidIndex)
        : memory.Read(settings.Stores[0], index) is { } kept
            ? Reply.Of($"+CMGR: {kept.Status},,{kept.TpduLength}", kept.Hex)
        : Reply.Ok;

    private Reply Delete(HostCommand command)
    {
        if (command.Form == CommandForm.Test)
        {
            return Reply.Of("+CMGD: (1-100),(0-4)");
        }

        var store = settings.Stores[0];
        if (command.Number(1) is > 0 and var which)
        {
            foreach (var (index, kept) in memory.List(store, 4).Where(found => found.Kept.Status <= which))
            {
                memory.Put(store, index, null);
            }
        }

        memory.Put(store, command.Number(0) ?? 0, null);
        return Reply.Ok;
    }

    private string Fill(string store) => $"{memory.Used(store)},{memory.Size(store)}";

    private static Reply Said(HostCommand command, string current, string? possible) =>
        command.Form switch
        {
            CommandForm.Read => Reply.Of($"{command.Name}: {current}"),
            CommandForm.Test when possible is not null => Reply.Of($"{command.Name}: {possible}"),
            _ => Reply.Ok,
        };
}
