using System.Collections.Concurrent;
using Gateway.Application.Conversations;
using Marten;

namespace Gateway.Application.Messages;

/// <summary>
/// Which of our lines a remote party knows: the last one that wrote to it, or that it wrote to. A preference, kept in
/// memory and bounded; forgotten ones are learnt again with the next message.
/// </summary>
public sealed class StickyLines
{
    private const int Most = 200_000;
    private int count;
    private readonly ConcurrentDictionary<(string Tenant, string Remote), string> lines = new();

    /// <summary>Null when none is known.</summary>
    public string? Of(string tenant, string remote) =>
        lines.GetValueOrDefault((tenant, remote)) is { Length: > 0 } line ? line : null;

    /// <summary>Looks up in the store what memory doesn't have; that there is none is remembered too.</summary>
    public async Task Learn(
        string tenant,
        IEnumerable<string> remotes,
        IQuerySession session,
        CancellationToken cancellation
    )
    {
        var unknown = remotes.Where(remote => !lines.ContainsKey((tenant, remote))).Distinct().ToArray();
        if (unknown.Length == 0)
        {
            return;
        }

        var threads = await session
            .Query<KnownThread>()
            .Where(thread => thread.Remote.IsOneOf(unknown))
            .ToListAsync(cancellation);
        foreach (var remote in unknown)
        {
            var latest = threads
                .Where(thread => thread.Remote == remote)
                .MaxBy(thread => thread.LastSequence);
            Remember(tenant, remote, latest?.Line ?? "");
        }
    }

    /// <summary>Notes the line; when there are too many, all are forgotten.</summary>
    public void Remember(string tenant, string remote, string line)
    {
        if (count >= Most)
        {
            lines.Clear();
            count = 0;
        }

        if (!lines.ContainsKey((tenant, remote)))
        {
            Interlocked.Increment(ref count);
        }

        lines[(tenant, remote)] = line;
    }
}
