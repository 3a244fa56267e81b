using Gateway.Domain.Audit;
using JasperFx.Events;
using Marten;
using Microsoft.Extensions.Hosting;

namespace Gateway.Application.Audit;

/// <summary>What somebody was shown, to be recorded before it is.</summary>
/// <param name="Id">Of its stream, which has no other fact.</param>
public sealed record Reading(Guid Id, string Tenant, Origin Reader, ContentRead Fact);

/// <summary>Records what was read. Those that read at the same time share a transaction.</summary>
public sealed class Readings : BackgroundService
{
    private const int MostAtOnce = 200;

    private readonly IDocumentStore store;
    private readonly ReadOnlyMode readOnly;
    private readonly Gather<Waiting> readers;

    public Readings(IDocumentStore store, TimeProvider time, ReadOnlyMode readOnly)
    {
        (this.store, this.readOnly) = (store, readOnly);
        readers = new(MostAtOnce, time, Commit);
    }

    /// <summary>Returns when it is committed: what can't be recorded isn't shown.</summary>
    public Task Record(Reading reading)
    {
        if (readOnly.IsOn)
        {
            return Task.CompletedTask;
        }

        var waiting = new Waiting(reading, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return readers.Add(waiting)
            ? waiting.Done.Task
            : Task.FromException(new OperationCanceledException("The gateway is stopping."));
    }

    /// <inheritdoc />
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        readers.Complete();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => readers.Run();

    private async Task Commit(IReadOnlyList<Waiting> batch)
    {
        foreach (var tenant in batch.GroupBy(waiting => waiting.Reading.Tenant))
        {
            try
            {
                await using var session = store.LightweightSession(tenant.Key);
                session.QueueOperation(
                    new FactAppend(
                        typeof(Reading),
                        tenant.Key,
                        [.. tenant.Select(waiting => Gain(session, waiting.Reading))]
                    )
                );
                await session.SaveChangesAsync();
                foreach (var waiting in tenant)
                {
                    waiting.Done.SetResult();
                }
            }
            catch (Exception broken)
            {
                // Each reader gets the fault as its own answer, and the next batch is tried.
                foreach (var waiting in tenant)
                {
                    waiting.Done.TrySetException(broken);
                }
            }
        }
    }

    private static StreamGain Gain(IDocumentSession session, Reading reading)
    {
        var events = StreamAction.Append(reading.Id, [session.Events.BuildEvent(reading.Fact)]).Events;
        reading.Reader.SignOn(events);
        return new(reading.Id, 0, [.. events]);
    }

    private sealed record Waiting(Reading Reading, TaskCompletionSource Done);
}
