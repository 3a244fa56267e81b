using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Gateway.Bench.History;

/// <summary>What one rebuild of all views was like.</summary>
/// <param name="BuildingPerSecond">Events a second while the views were built beside.</param>
/// <param name="Seconds">From the request until the views were compared and swapped.</param>
/// <param name="Differences">Rows that came out otherwise than they were.</param>
/// <param name="Accept">From the moment an order was due to its answer; empty without a load.</param>
/// <param name="AcceptBefore">The same load before the rebuild.</param>
internal sealed record RebuildMeasured(
    double BuildingPerSecond,
    double Seconds,
    long Differences,
    Percentiles Accept,
    Percentiles AcceptBefore,
    int Refused,
    long? Peak
);

/// <summary>Rebuilds all views, by itself or while orders come in.</summary>
internal sealed class RebuildLoad(GatewayProcess gateway, Readings readings)
{
    /// <summary>Five facts each.</summary>
    public const int OrdersPerSecond = 40;

    private const int Agents = 20;
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(30);

    public Task<RebuildMeasured> Alone(CancellationToken stop) => Rebuild(stop);

    public async Task<RebuildMeasured> UnderLoad(CancellationToken stop)
    {
        await using var fleet = await Fleet.Start(gateway, Agents, tapped: false, stop);
        using var load = new OpenLoop(gateway);
        await load.Prepare(8, stop);
        await load.Run(OrdersPerSecond, Before, stop);
        var warm = load.Orders.Keys.ToHashSet();
        await load.Run(OrdersPerSecond, Before, stop);
        var calm = load.Orders.Keys.Where(id => !warm.Contains(id)).ToHashSet();
        var rebuild = Rebuild(stop);
        while (!rebuild.IsCompleted)
        {
            await load.Run(OrdersPerSecond, Slice, stop);
        }

        Percentiles Waits(Func<Guid, bool> those) =>
            Percentiles.Of(
                load.Orders.Where(order => those(order.Key))
                    .Select(order =>
                        Stopwatch.GetElapsedTime(order.Value.Due, order.Value.Answered).TotalMilliseconds
                    )
            );

        return await rebuild with
        {
            Accept = Waits(id => !warm.Contains(id) && !calm.Contains(id)),
            AcceptBefore = Waits(calm.Contains),
            Refused = load.Refused,
        };
    }

    private async Task<RebuildMeasured> Rebuild(CancellationToken stop)
    {
        await CancelUnfinished(stop);
        var start = Stopwatch.GetTimestamp();
        var use = new PhaseUse("rebuild", gateway.ProcessId, null);
        using var asked = await readings.Http.PostAsJsonAsync("/v1/projections/rebuilds", new { }, stop);
        asked.EnsureSuccessStatusCode();
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>(stop)).GetProperty("id").GetGuid();
        var rate = 0L;
        while (true)
        {
            var now = await readings.Http.GetFromJsonAsync<JsonElement>(
                $"/v1/projections/rebuilds/{id}",
                stop
            );
            if (
                now.TryGetProperty("progress", out var progress)
                && progress.ValueKind == JsonValueKind.Object
                && progress.GetProperty("phase").GetString() == "building"
            )
            {
                rate = progress.GetProperty("eventsPerSecond").GetInt64();
            }

            if (now.GetProperty("status").GetString() is var status && status != "running")
            {
                use.Stop();
                return status == "finished"
                    ? new(
                        rate,
                        Stopwatch.GetElapsedTime(start).TotalSeconds,
                        now.GetProperty("results")
                            .EnumerateArray()
                            .Sum(view => view.GetProperty("differences").GetInt64()),
                        Percentiles.Of([]),
                        Percentiles.Of([]),
                        0,
                        use.GatewayPeak
                    )
                    : throw new InvalidOperationException($"The rebuild: {now}");
            }

            await Task.Delay(250, stop);
        }
    }

    /// <summary>One that was cut off with an earlier gateway began again with this one.</summary>
    private async Task CancelUnfinished(CancellationToken stop)
    {
        var all = await readings.Http.GetFromJsonAsync<JsonElement>("/v1/projections/rebuilds", stop);
        foreach (
            var rebuild in all.EnumerateArray()
                .Where(rebuild => rebuild.GetProperty("status").GetString() == "running")
        )
        {
            using var cancelled = await readings.Http.DeleteAsync(
                $"/v1/projections/rebuilds/{rebuild.GetProperty("id")}",
                stop
            );
            cancelled.EnsureSuccessStatusCode();
        }
    }
}
