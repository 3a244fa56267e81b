using System.CommandLine;

namespace Gateway.DeviceAgent.Modem.Simulator.AtFace;

/// <summary><c>agent modem-sim</c>: a modem in a simulated network, for any program that speaks AT.</summary>
public static class ModemSimCommand
{
    private static readonly Option<string?> Pty = new("--pty")
    {
        Description = "Link to make; it points to a pseudo-terminal.",
    };

    private static readonly Option<int?> Tcp = new("--tcp")
    {
        Description = "Port on this machine; 0 takes a free one.",
    };

    private static readonly Option<string?> Unix = new("--unix")
    {
        Description = "Path of a UNIX socket to make.",
    };

    private static readonly Option<long> Seed = new("--seed")
    {
        Description = "The same seed makes the same choices.",
        DefaultValueFactory = _ => 1,
    };

    private static readonly Option<string> Personality = new("--personality")
    {
        Description = "How the modem behaves.",
        DefaultValueFactory = _ => AtFace.Personality.Clean.Name,
    };

    private static readonly Option<FileInfo?> Script = new("--script")
    {
        Description = "Scenario of the network, JSON.",
    };

    private static readonly Option<FileInfo?> Log = new("--log")
    {
        Description = "Ground truth, appended as JSON lines.",
    };

    public static Command Create()
    {
        var command = new Command("modem-sim", "A simulated GSM modem behind a pseudo-terminal or socket.")
        {
            Pty,
            Tcp,
            Unix,
            Seed,
            Personality,
            Script,
            Log,
        };
        Personality.AcceptOnlyFromAmong([.. AtFace.Personality.All.Select(known => known.Name)]);
        command.Validators.Add(result =>
        {
            if (new Option[] { Pty, Tcp, Unix }.Count(option => result.GetResult(option) is not null) != 1)
            {
                result.AddError("One of --pty, --tcp and --unix is needed.");
            }
        });
        command.SetAction(Run);
        return command;
    }

    private static async Task<int> Run(ParseResult options, CancellationToken stop)
    {
        var scenario = options.GetValue(Script) is { } script
            ? Scenario.Parse(await File.ReadAllTextAsync(script.FullName, stop))
            : new();
        scenario = options.GetResult(Seed) is { Implicit: false }
            ? scenario with
            {
                Seed = options.GetValue(Seed),
            }
            : scenario;

        await using var log = options.GetValue(Log) is { } file
            ? new StreamWriter(file.FullName, append: true)
            : null;
        using var carrier = new Carrier(scenario, TimeProvider.System, log is null ? null : new Truth(log));
        using var modem = new SimulatedModem(
            carrier,
            TimeProvider.System,
            carrier.Lines.First().Sim.Sim,
            AtFace.Personality.Named(options.GetRequiredValue(Personality))
        );
        try
        {
            await Task.WhenAny(modem.Receive(stop), Serve(options, modem, stop)).Unwrap();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }

        return 0;
    }

    private static async Task Serve(ParseResult options, SimulatedModem modem, CancellationToken stop)
    {
        if (options.GetValue(Pty) is { } link)
        {
            await ModemFace.Serve(modem, link, terminal => Say($"{link} -> {terminal.Path}"), stop);
            return;
        }

        using var listening = options.GetValue(Unix) is { } path
            ? ModemFace.ListenUnix(path)
            : ModemFace.ListenTcp(options.GetValue(Tcp) ?? 0);
        Say(listening.LocalEndPoint?.ToString() ?? "");
        await ModemFace.Serve(modem, listening, stop);
    }

    /// <summary>Whoever started the modem waits for this line.</summary>
    private static void Say(string where) => Console.Out.WriteLine($"modem-sim ready on {where}");
}
