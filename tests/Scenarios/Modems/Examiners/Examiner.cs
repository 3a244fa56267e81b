using Gateway.DeviceAgent.Modem.Simulator;
using Gateway.Domain.Telephony;
using Gateway.Scenarios.Faults;

namespace Gateway.Scenarios.Modems.Examiners;

/// <summary>
/// A program that drives modems and isn't ours, unchanged, in front of the simulated one: whether that is a good modem is
/// judged by what the network saw and by what the program says it received.
/// </summary>
public abstract class Examiner(string face, string personality) : IAsyncLifetime
{
    protected const string Remote = "+447700900123";
    protected const string OnePart = "Hello from afar";

    /// <summary>Two segments.</summary>
    protected static readonly string TwoParts = string.Join(
        ' ',
        Enumerable.Repeat("The quick brown fox jumps over the lazy dog.", 5)
    );

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<ChildProcess> programs = [];

    protected SimulatedNetwork Network { get; private set; } = null!;

    protected string Folder => Network.Folder;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Network = SimulatedNetwork.Start(face, personality);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        programs.Reverse();
        foreach (var program in programs.Where(program => !program.HasExited))
        {
            program.Terminate();
            await Task.WhenAny(program.Ended(), Task.Delay(TimeSpan.FromSeconds(5)));
        }

        programs.ForEach(program => program.Dispose());
        await Network.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A path in the scenario's folder.</summary>
    protected string At(string name) => Path.Combine(Folder, name);

    protected Task Write(string name, string text) => File.WriteAllTextAsync(At(name), text, Stop);

    /// <summary>What a file of the scenario's folder holds by now.</summary>
    protected string Read(string name) => File.Exists(At(name)) ? File.ReadAllText(At(name)) : "";

    /// <summary>Where a program is; the scenario is skipped where it isn't.</summary>
    protected static string Installed(string program, string package)
    {
        var paths = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Concat(["/usr/sbin", "/usr/local/sbin"]);
        var found = paths.Select(path => Path.Combine(path, program)).FirstOrDefault(File.Exists);
        if (found is null)
        {
            Assert.Skip($"{program} is not installed (Debian: apt-get install {package}).");
        }

        return found;
    }

    /// <summary>Starts a program that runs until the scenario ends; what it says is in a file of its name.</summary>
    protected void Begin(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    ) =>
        programs.Add(
            ChildProcess.Run(
                program,
                arguments,
                environment ?? new Dictionary<string, string>(),
                At(Path.GetFileName(program))
            )
        );

    /// <summary>Runs a program to its end; returns what it said.</summary>
    protected async Task<string> Run(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var log = At(Path.GetRandomFileName());
        using var process = ChildProcess.Run(
            program,
            arguments,
            environment ?? new Dictionary<string, string>(),
            log
        );
        await process.Ended();
        var said = await File.ReadAllTextAsync(log, Stop);
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {said}");
        return said;
    }

    /// <summary>A single text and one of two segments, the second first.</summary>
    protected void TextsComeIn()
    {
        Network.Carrier.Text("sim1", Remote, OnePart);
        Network.Carrier.Text("sim1", Remote, TwoParts, lastFirst: true);
    }

    /// <summary>The network took both segments of the long text, each once.</summary>
    /// <param name="reports">Whether the program asked for a report of each.</param>
    protected async Task BothSegmentsWereTaken(bool first = true, bool second = true)
    {
        await Until(() => Network.Taken.Count >= 2, "two segments");
        Assert.Equal(
            SmsText.Of(TwoParts).Parts().Select(Truth.Hash),
            Network.Taken.Select(taken => taken.Body_h)
        );
        Assert.Equal(
            [(1, 2, first), (2, 2, second)],
            Network.Taken.Select(taken => (taken.Part, taken.Of, taken.Report))
        );
        Assert.All(Network.Taken, taken => Assert.Equal(Remote, taken.Msisdn));
    }

    protected static Task Until(Func<bool> condition, string what) =>
        Until(() => Task.FromResult(condition()), what);

    protected static Task Until(Func<Task<bool>> condition, string what) =>
        Eventually.True(condition, Patience, what);
}
