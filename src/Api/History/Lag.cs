using System.Globalization;
using JasperFx.Events.Projections;
using Marten;

namespace Gateway.Api.History;

/// <summary>Tells a reader how far a view trails the store.</summary>
public static class Lag
{
    /// <summary>In events; 0 is up to date.</summary>
    public const string Header = "Projection-Lag";

    /// <summary>Puts the lag of one view on the answer.</summary>
    public static async Task Tell(
        HttpContext http,
        IDocumentStore store,
        string view,
        CancellationToken cancellation
    )
    {
        var progress = await store.Advanced.AllProjectionProgress(token: cancellation);
        var head = progress.FirstOrDefault(shard => shard.ShardName == "HighWaterMark")?.Sequence ?? 0;
        var reached = progress.FirstOrDefault(shard => shard.ShardName == $"{view}:All")?.Sequence ?? 0;
        http.Response.Headers[Header] = Math.Max(0, head - reached).ToString(CultureInfo.InvariantCulture);
    }
}
