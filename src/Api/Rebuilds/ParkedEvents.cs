using Gateway.Application;
using Gateway.Domain;
using Gateway.Domain.Rebuilds;
using JasperFx.Events.Daemon;
using Marten;
using NodaTime;

namespace Gateway.Api.Rebuilds;

/// <summary>An event that a reader could not take in. It was set aside so that the others go on.</summary>
/// <param name="Reader">What stumbled over it.</param>
/// <param name="Position">Of the event.</param>
/// <param name="Error">What happened.</param>
public sealed record ParkedEvent(Guid Id, string Reader, long Position, string Error, Instant ParkedAt);

public sealed record ParkedEventIsUnknown()
    : Rejection("parked-event-is-unknown", RejectionKind.Missing, "No event is parked under this id.");

public sealed record ReaderHasNoViews(string Reader)
    : Rejection(
        "reader-has-no-views",
        RejectionKind.Conflict,
        $"{Reader} keeps no view that could be built anew; leave the event out, on the record."
    );

/// <summary>Events that were set aside: shown until they could be taken in, or somebody decides to leave them out.</summary>
public sealed class ParkedEvents(IDocumentStore store, IClock clock)
{
    /// <summary>Those that nobody has decided about, the oldest first.</summary>
    public async Task<IReadOnlyList<ParkedEvent>> All(CancellationToken cancellation)
    {
        await using var session = store.QuerySession(SystemTenant.Name);
        var letters = await session
            .Query<DeadLetterEvent>()
            .OrderBy(letter => letter.EventSequence)
            .ToListAsync(cancellation);
        return
        [
            .. letters
                .DistinctBy(letter => (letter.ProjectionName, letter.EventSequence))
                .Select(letter => new ParkedEvent(
                    letter.Id,
                    letter.ProjectionName,
                    letter.EventSequence,
                    letter.ExceptionMessage,
                    Instant.FromDateTimeOffset(letter.Timestamp)
                )),
        ];
    }

    /// <summary>What is left out for good: by whom it could not be taken in, and where it stands.</summary>
    public async Task<IReadOnlySet<(string Reader, long Position)>> Skipped(CancellationToken cancellation)
    {
        await using var session = store.QuerySession(SystemTenant.Name);
        return await Skipped(session, cancellation);
    }

    /// <summary>The same as a session of the system's tenant sees it.</summary>
    public static async Task<IReadOnlySet<(string Reader, long Position)>> Skipped(
        IQuerySession session,
        CancellationToken cancellation
    )
    {
        var facts = await session.Events.QueryRawEventDataOnly<EventSkipped>().ToListAsync(cancellation);
        return facts.Select(fact => (fact.Reader, fact.Position)).ToHashSet();
    }

    /// <summary>Leaves one out for good, and has it recorded who decided so and why.</summary>
    public async Task<Rejection?> Skip(Guid id, string reason, Origin origin, CancellationToken cancellation)
    {
        if ((await All(cancellation)).FirstOrDefault(e => e.Id == id) is not { } parked)
        {
            return new ParkedEventIsUnknown();
        }

        await using var session = store.LightweightSession(SystemTenant.Name);
        var fact = new EventSkipped(parked.Reader, parked.Position, reason, clock.GetCurrentInstant());
        origin.SignOn(session.Events.Append(DerivedId.Of("reader", parked.Reader), fact).Events);
        Forget(session, parked.Reader, parked.Position);
        await session.SaveChangesAsync(cancellation);
        return null;
    }

    /// <summary>What these readers had set aside has been taken in by building their views anew.</summary>
    public async Task TakenIn(IReadOnlyCollection<string> readers, CancellationToken cancellation)
    {
        await using var session = store.LightweightSession(SystemTenant.Name);
        foreach (var parked in (await All(cancellation)).Where(e => readers.Contains(e.Reader)))
        {
            Forget(session, parked.Reader, parked.Position);
        }

        await session.SaveChangesAsync(cancellation);
    }

    private static void Forget(IDocumentSession session, string reader, long position) =>
        session.DeleteWhere<DeadLetterEvent>(letter =>
            letter.ProjectionName == reader && letter.EventSequence == position
        );
}
