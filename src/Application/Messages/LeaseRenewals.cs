using System.Collections.Concurrent;

namespace Gateway.Application.Messages;

/// <summary>Leases that their devices asked to keep a while longer. In memory: after a restart they lapse, which is safe.</summary>
public sealed class LeaseRenewals
{
    private readonly ConcurrentDictionary<Guid, long> until = new();

    /// <summary>Keeps the lease until then, in Unix milliseconds.</summary>
    public void Renew(Guid message, long end) => until[message] = end;

    /// <summary>Whether it is to be left alone now; what is over is forgotten.</summary>
    public bool IsRenewed(Guid message, long now)
    {
        if (!until.TryGetValue(message, out var end))
        {
            return false;
        }

        if (end > now)
        {
            return true;
        }

        until.TryRemove(message, out _);
        return false;
    }
}
