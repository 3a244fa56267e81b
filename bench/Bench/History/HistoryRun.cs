using System.Diagnostics;
using Npgsql;

namespace Gateway.Bench.History;

/// <summary>How long histories are read, at one and at ten million events.</summary>
internal static class HistoryRun
{
    /// <summary>Fills a database that a gateway has made its tables in, and leaves it.</summary>
    public static async Task<int> Fill(string database, long events, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var (messages, stored) = await Generator.Fill(database, events, Console.Out, stop);
        Console.WriteLine(
            $"{stored:N0} events of {messages:N0} messages in {watch.Elapsed.TotalSeconds:F0} s, {stored / watch.Elapsed.TotalSeconds:N0}/s"
        );
        return 0;
    }
}
