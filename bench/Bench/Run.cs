namespace Gateway.Bench;

/// <summary>
/// One run, phase by phase. Each phase has a gateway and a database of its own, so that what one leaves behind doesn't
/// weigh on the next.
/// </summary>
internal sealed class Run(Options options, Workplace? workplace, Report report, CancellationToken stop)
{
    private const int SteadyRate = 500;

    /// <summary>The runtime compiles the busy parts of a new process while it serves; measured is what comes after.</summary>
    private TimeSpan WarmUp => TimeSpan.FromSeconds(options.WarmUp);

    /// <summary>Half of what is measured: a gateway that still compiles would begin with a backlog.</summary>
    public const int WarmUpRate = SteadyRate / 2;

    public async Task Go()
    {
        foreach (var phase in Options.Phases.Where(options.Wants))
        {
            await Console.Error.WriteLineAsync($"{phase} …");
            await (
                phase switch
                {
                    "ceiling" => MeasureCeiling(),
                    "accepted" => OnGateway(phase, MeasureAccepted),
                    "latency" => OnGateway(phase, MeasureLatency),
                    _ => OnGateway(phase, MeasureLives),
                }
            );
        }
    }

    private async Task MeasureCeiling()
    {
        if (workplace is null)
        {
            report.Remark("The ceiling is measured beside a gateway of the bench's own only.");
            return;
        }

        var database = await workplace.NewDatabase("ceiling", stop);
        await using (var gateway = await GatewayProcess.Start(workplace.Folder, database, stop))
        {
            // The row that pgbench repeats.
            using var line = await HttpLine.Open(gateway.Url, gateway.Key, stop);
            await line.Post(0, stop);
        }

        var use = Use("ceiling", null);
        report.Add(await Ceiling.Measure(workplace, database, Length(8), use, stop));
    }

    private async Task MeasureAccepted(GatewayProcess gateway) =>
        report.Add(await AcceptLoad.Run(gateway, WarmUp, Length(15), Use("accepted", gateway), stop));

    private async Task MeasureLatency(GatewayProcess gateway)
    {
        await using var fleet = await Fleet.Start(gateway, options.Agents, tapped: true, stop);
        report.Add(await LatencyLoad.Run(gateway, fleet, WarmUp, Length(20), Use("latency", gateway), stop));
    }

    private async Task MeasureLives(GatewayProcess gateway)
    {
        if (gateway.Database is null)
        {
            report.Remark("Lives are counted in the database: give --database.");
            return;
        }

        await using var facts = new StoredFacts(gateway.Database);
        await using var fleet = await Fleet.Start(gateway, options.Agents, tapped: false, stop);
        report.Remark(
            $"Lives: {options.Agents} agents in the client's process, journals in {Fleet.JournalsIn}."
        );
        var lives = new Lives(gateway, fleet, facts);
        await lives.AtRate(WarmUpRate, WarmUp, new("warm-up", null, null), stop);
        if (options.Rate is null)
        {
            report.Add(await lives.AtFullLoad(Length(20), Use("lives, full load", gateway), stop));
        }

        var rate = options.Rate ?? SteadyRate;
        report.Add(await lives.AtRate(rate, Length(60), Use($"lives, {rate}/s", gateway), stop));
    }

    private async Task OnGateway(string phase, Func<GatewayProcess, Task> measure)
    {
        await using var gateway = workplace is null
            ? GatewayProcess.Running(options)
            : await GatewayProcess.Start(workplace.Folder, await workplace.NewDatabase(phase, stop), stop);
        await measure(gateway);
        if (gateway.Log?.Text is { Length: > 0 } troubles)
        {
            report.Remark($"The gateway's log, {phase}:\n\n```text\n{troubles}\n```");
        }
    }

    private PhaseUse Use(string name, GatewayProcess? gateway)
    {
        var use = new PhaseUse(name, gateway?.ProcessId, workplace?.ProcessId);
        report.Add(use);
        return use;
    }

    private TimeSpan Length(int usual) => TimeSpan.FromSeconds(options.Seconds ?? usual);
}
