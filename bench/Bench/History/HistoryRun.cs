using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Gateway.Bench.History;

/// <summary>How long histories are read and rebuilt, by default at one and at ten million events.</summary>
internal static class HistoryRun
{
    private static readonly long[] Sizes = [1_000_000, 10_000_000];

    /// <summary>Fills a database in which a gateway has made its tables and which it doesn't use now, and leaves it.</summary>
    public static async Task Fill(string database, long events, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var (messages, stored) = await Generator.Fill(database, events, Console.Error, stop);
        await Console.Error.WriteLineAsync(
            $"{stored:N0} events of {messages:N0} messages in {watch.Elapsed.TotalSeconds:F0} s, {stored / watch.Elapsed.TotalSeconds:N0}/s"
        );
    }

    /// <summary>Makes the histories, measures each, and prints the table.</summary>
    public static async Task Make(IReadOnlyList<string> sizes, CancellationToken stop)
    {
        await using var workplace = await Workplace.Open(stop);
        var results = new List<HistoryResult>();
        foreach (
            var size in sizes.Count == 0
                ? Sizes
                : sizes.Select(size => long.Parse(size, CultureInfo.InvariantCulture))
        )
        {
            var database = await workplace.NewDatabase($"history_{size}", stop);
            string key;
            await using (var gateway = await GatewayProcess.Start(workplace.Folder, database, stop))
            {
                // It makes its tables and its first key.
                key = gateway.Key;
            }

            await Fill(database, size, stop);
            results.Add(await Measure(workplace.Folder, database, key, stop));
        }

        Print(results, workplace.Version);
    }

    /// <summary>Measures histories that were made before, each a connection string and a key.</summary>
    public static async Task Measure(IReadOnlyList<string> databases, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("gateway-bench-").FullName;
        var results = new List<HistoryResult>();
        foreach (var pair in databases.Chunk(2))
        {
            results.Add(await Measure(folder, pair[0], pair[1], stop));
        }

        Directory.Delete(folder, true);
        Print(results, null);
    }

    private static void Print(IReadOnlyList<HistoryResult> results, string? version)
    {
        Console.WriteLine(HistoryResult.Table(results));
        Console.WriteLine(Machine.Line(version, TimeProvider.System.GetLocalNow()));
    }

    private static async Task<HistoryResult> Measure(
        string folder,
        string database,
        string key,
        CancellationToken stop
    )
    {
        await using var gateway = await GatewayProcess.Start(folder, database, stop, key);
        await using var data = NpgsqlDataSource.Create(database);
        using var readings = new Readings(gateway, data);
        var rebuild = new RebuildLoad(gateway, readings);
        var (events, messages) = (
            await Generator.Scalar(data, "select max(seq_id) from gateway.mt_events", stop),
            await Generator.Messages(data, stop)
        );
        var alone = await rebuild.Alone(stop);
        await Say($"{events:N0} events: rebuilt, {alone.BuildingPerSecond:N0}/s, {alone.Seconds:N0} s");
        var feed = await readings.Feed(stop);
        await Say($"feed {feed:N0}/s");
        var message = await readings.MessageThen(messages, stop);
        await Say($"one message then: {message.Text}");
        var list = await readings.ListThen(events, stop);
        await Say($"fifty messages then: {list.Text}");
        var number = await readings.Number(messages, stop);
        await Say($"the audit of a number: {number.Text}");
        var underLoad = await rebuild.UnderLoad(stop);
        await Say(
            $"rebuilt under load, {underLoad.BuildingPerSecond:N0}/s, {underLoad.Seconds:N0} s, accepted: {underLoad.Accept.Text}"
        );
        return new(events, feed, message, list, number, alone, underLoad);
    }

    private static Task Say(string sentence) => Console.Error.WriteLineAsync(sentence);
}
