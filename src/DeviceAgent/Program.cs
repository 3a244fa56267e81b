using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using Gateway.DeviceAgent.Gateway;
using Gateway.DeviceAgent.Modem.Pdu.Explained;
using Gateway.DeviceAgent.Modem.Simulator.AtFace;
using Gateway.DeviceAgent.Outbox;
using Gateway.DeviceAgent.Outbox.OnDisk;
using Serilog;
using Serilog.Formatting.Compact;

Log.Logger = new LoggerConfiguration().WriteTo.Console(new RenderedCompactJsonFormatter()).CreateLogger();

Option<DirectoryInfo> data = new("--data")
{
    Description = "The device's folder.",
    DefaultValueFactory = _ => new("agent-data"),
};
Option<Uri> server = new("--server")
{
    Description = "The gateway's address.",
    Required = true,
    CustomParser = Address,
};
Option<string> code = new("--code") { Description = "The pairing code, XXXXX-XXXXX.", Required = true };
Option<string?> name = new("--name") { Description = "What the owner calls the device." };
Option<int?> pace = new("--parts-per-minute")
{
    Description = "Most parts per SIM in a minute; 0 for no limit.",
};
Option<string[]> radio = new("--radio")
{
    Description = "A radio: sim:[scenario.json][?seed=7], at:///dev/…, at+tcp://host:port, at+unix:path.",
    AllowMultipleArgumentsPerToken = true,
};

Command pair = new("pair", "Join a gateway with a code from its page.") { server, code, name, data, radio };
pair.SetAction((given, stop) => Guard(() => Pair(given, given.GetValue(radio) ?? [], stop)));

Command run = new("run", "Work as a paired device.") { data, radio, pace };
run.SetAction((given, stop) => Guard(() => Run(given, stop)));

Command sim = new("sim", "Work as a simulated device; it is paired on the first run.")
{
    server,
    code,
    name,
    data,
    radio,
    pace,
};
sim.SetAction((given, stop) => Guard(() => Simulate(given, stop)));

Command show = new("show", "List the journal's records, without numbers and texts.") { data };
show.SetAction((given, _) => Guard(() => Task.FromResult(JournalCommands.Show(Folder(given), Console.Out))));

Command verify = new("verify", "Check that the journal is whole.") { data };
verify.SetAction(
    (given, _) => Guard(() => Task.FromResult(JournalCommands.Verify(Folder(given), Console.Out)))
);

RootCommand root = new("Turns a modem or a simulator into a device of the gateway.")
{
    pair,
    run,
    sim,
    ModemSimCommand.Create(),
    PduCommands.Create(),
    new Command("journal", "Look into a device's journal.") { show, verify },
};
return await root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = TimeSpan.FromSeconds(40) });

static Uri? Address(ArgumentResult given)
{
    if (
        Uri.TryCreate(given.Tokens[0].Value, UriKind.Absolute, out var address)
        && address.Scheme is ("http" or "https")
    )
    {
        return address;
    }
    given.AddError("The gateway's address begins with http:// or https://.");
    return null;
}

string Folder(ParseResult given) => given.GetRequiredValue(data).FullName;

async Task<int> Pair(ParseResult given, string[] radios, CancellationToken stop)
{
    using var http = new HttpClient();
    var options = new PairOptions(
        given.GetRequiredValue(server),
        given.GetRequiredValue(code),
        Folder(given),
        radios.Length > 0 ? radios : ["sim:"],
        given.GetValue(name)
    );
    var place = await Pairing.Pair(options, http, stop);
    Log.Information(
        "Paired as {DeviceId}, epoch {Epoch}, with {Tenant}.",
        place.Device,
        place.Epoch,
        place.Tenant
    );
    return AgentExit.Stopped;
}

async Task<int> Run(ParseResult given, CancellationToken stop)
{
    var options = new AgentOptions(
        Folder(given),
        given.GetValue(radio) ?? [],
        given.GetValue(pace),
        Say: sentence => Log.Information("{Sentence:l}", sentence)
    );
    await using var agent = await Agent.Open(options, stop);
    var exit = await agent.Run(stop);
    Log.Information("{Sentence:l}", exit.Sentence);
    return exit.Code;
}

async Task<int> Simulate(ParseResult given, CancellationToken stop)
{
    if (!File.Exists(Path.Combine(Folder(given), "epoch")))
    {
        await Pair(given, given.GetValue(radio) is { Length: > 0 } radios ? radios : ["sim:"], stop);
    }
    return await Run(given, stop);
}

// The edge of the process: what went wrong becomes one sentence and an exit code.
static async Task<int> Guard(Func<Task<int>> work)
{
    try
    {
        return await work();
    }
    catch (Exception failure)
        when (failure is AgentException or JournalException or FormatException or JsonException or IOException
        )
    {
        Log.Error("{Sentence:l}", failure.Message);
        return failure switch
        {
            AgentException agent => agent.Exit.Code,
            JournalException => AgentExit.Journal,
            FormatException or JsonException => AgentExit.Usage,
            _ => AgentExit.Radio,
        };
    }
    finally
    {
        await Log.CloseAndFlushAsync();
    }
}
