using System.Globalization;
using System.Runtime.InteropServices;
using Gateway.Bench;
using Gateway.Bench.History;

Options options;
try
{
    options = Options.Parse(args is ["fill" or "history", ..] ? [] : args);
}
catch (FormatException wrong)
{
    await Console.Error.WriteLineAsync($"{wrong.Message}\n{Options.Usage}");
    return 2;
}

using var stop = new CancellationTokenSource();
void End(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
try
{
    switch (args)
    {
        case ["fill", var database, var count]:
            await HistoryRun.Fill(database, long.Parse(count, CultureInfo.InvariantCulture), stop.Token);
            return 0;
        case ["history", "--of", .. var databases]:
            await HistoryRun.Measure(databases, stop.Token);
            return 0;
        case ["history", .. var sizes]:
            await HistoryRun.Make(sizes, stop.Token);
            return 0;
    }

    await using var workplace = options.GatewayUrl is null ? await Workplace.Open(stop.Token) : null;
    var report = new Report();
    await new Run(options, workplace, report, stop.Token).Go();
    var text = report.Text(Machine.Line(workplace?.Version, TimeProvider.System.GetLocalNow()));
    Console.WriteLine(text);
    if (options.Save)
    {
        Report.Save(text);
    }

    return 0;
}
catch (Exception) when (stop.IsCancellationRequested)
{
    // The same signal may have ended the gateway first, and then its connections break.
    await Console.Error.WriteLineAsync("Stopped; nothing is left behind.");
    return 130;
}
