using System.CommandLine;
using Gateway.Cli.Access;
using Gateway.Cli.Showing;
using Gateway.Client;

namespace Gateway.Cli.Running;

/// <summary>One command as it runs: what was given, where to say something, and whom to ask.</summary>
public sealed class Call(
    ParseResult given,
    GlobalOptions options,
    Surroundings here,
    CancellationToken cancellation
) : IDisposable
{
    private readonly List<IDisposable> open = [];
    private GatewayClient? client;

    public Surroundings Here => here;
    public GlobalOptions Options => options;
    public CancellationToken Cancellation => cancellation;
    public Output Output { get; } = new(here, given.GetValue(options.Json), given.GetValue(options.Quiet));
    public ProfileFile Profiles { get; } = new(here.ConfigFolder);

    /// <summary>Whom we speak to; null until somebody was spoken to.</summary>
    public Uri? Url { get; private set; }

    /// <summary>The gateway that the options, the environment or the profile name.</summary>
    public GatewayClient Client => client ??= Connect(Connection.Choose(given, options, here, Profiles));

    public T? Get<T>(Option<T> option) => given.GetValue(option);

    public T Get<T>(Argument<T> argument) => given.GetValue(argument)!;

    /// <summary>A client for this very connection.</summary>
    public GatewayClient Connect(Connection connection)
    {
        Url = connection.Url;
        var http = new HttpClient(here.Network()) { BaseAddress = connection.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", connection.Key);
        http.DefaultRequestHeaders.UserAgent.Add(new("gateway-cli", null));
        open.Add(http);
        return new(http, new() { Time = here.Time, Purpose = Purpose() });
    }

    /// <exception cref="CommandException">It can't go along with a request.</exception>
    private string? Purpose()
    {
        var why = (given.GetValue(options.Purpose) ?? here.Variable(GlobalOptions.PurposeVariable))?.Trim();
        return why?.Any(char.IsControl) is true
            ? throw new CommandException(
                ExitCode.Usage,
                "What is said with --purpose must be one line, without control characters."
            )
            : why;
    }

    public void Dispose() => open.ForEach(thing => thing.Dispose());
}
