using Gateway.Domain.Consent;
using Gateway.Domain.Messages;
using JasperFx.Events;
using Marten;
using Marten.Events.Aggregation;

namespace Gateway.Projections.Audit;

/// <summary>Which numbers a stream is about, so that everything about a number can be found.</summary>
/// <param name="Id">The stream.</param>
/// <param name="Remote">The other side; null where there is none.</param>
/// <param name="Line">Our side; null until it is known.</param>
public sealed record NumberStream(Guid Id, string? Remote, string? Line)
{
    /// <summary>The streams a number takes part in, on either side.</summary>
    public static async Task<Guid[]> Of(
        IQuerySession session,
        string number,
        CancellationToken cancellation
    ) =>
        [
            .. await session
                .Query<NumberStream>()
                .Where(stream => stream.Remote == number || stream.Line == number)
                .Select(stream => stream.Id)
                .ToListAsync(cancellation),
        ];
}

/// <summary>Keeps <see cref="NumberStream"/>.</summary>
public sealed class NumberStreamProjection : SingleStreamProjection<NumberStream, Guid>
{
    public NumberStreamProjection()
    {
        Name = "Numbers";
        IncludeType<MessageQueued>();
        IncludeType<MessageDispatched>();
        IncludeType<InboundMessageReceived>();
        IncludeType<ConsentEvent>();
    }

    public override NumberStream? Evolve(NumberStream? stream, Guid id, IEvent e) =>
        (stream, e.Data) switch
        {
            (_, MessageQueued m) => new(id, m.To.Value, m.From?.Value),
            ({ } s, MessageDispatched m) => s with { Line = m.Line },
            (_, InboundMessageReceived i) => new(id, i.From, i.Line),
            (_, ConsentEvent c) => new(id, c.Remote, null),
            _ => stream,
        };
}
