using Gateway.Api.History;
using Gateway.Domain.Messages;
using Gateway.Projections.Messages;
using Microsoft.AspNetCore.Http.HttpResults;
using NodaTime;

namespace Gateway.Api.Messages;

/// <summary>What a list of messages is narrowed by.</summary>
/// <param name="Status">Such as <c>delivered</c>; <c>replied</c> works too.</param>
/// <param name="Number">Either side, in E.164 form.</param>
/// <param name="Since">Accepted or received at or after.</param>
/// <param name="Until">Accepted or received before.</param>
public sealed record MessageFilter(
    string? Status,
    string? Number,
    Guid? Device,
    string? Tag,
    string? Direction,
    string? Since,
    string? Until,
    string? Cursor,
    int? Limit
)
{
    /// <summary>What is wrong with it; null when it can be asked.</summary>
    public ProblemHttpResult? Wrong =>
        !Moments.TryRead(Since, out _) || !Moments.TryRead(Until, out _) ? Moments.Bad()
        : Status is null or "replied" or "received" || MessageWords.AllStatuses.Contains(Status) ? null
        : Problems.Malformed(
            "status-is-unknown",
            $"Known: {string.Join(", ", MessageWords.AllStatuses)}, received, replied."
        );

    /// <summary>All of it, of messages as they are now.</summary>
    public IQueryable<MessageView> Narrow(IQueryable<MessageView> query)
    {
        query = Status switch
        {
            null => query,
            "replied" => query.Where(view => view.Markers.Contains("replied")),
            var status => query.Where(view => view.Status == status),
        };
        query = Device is { } device ? query.Where(view => view.DeviceId == device) : query;
        return FixedPart(query);
    }

    /// <summary>What holds of a message from its first fact on; a number of ours may have been chosen later.</summary>
    public IQueryable<MessageView> FixedPart(IQueryable<MessageView> query)
    {
        query = Number is { } number
            ? query.Where(view => view.Remote == number || view.Line == number)
            : query;
        query = Tag is { } tag ? query.Where(view => view.Tags.Contains(tag)) : query;
        query = Direction is { } direction ? query.Where(view => view.Direction == direction) : query;
        query = At(Since) is { } from ? query.Where(view => view.QueuedAt >= from) : query;
        return At(Until) is { } to ? query.Where(view => view.QueuedAt < to) : query;
    }

    /// <summary>The rest, of a message as it stood.</summary>
    public bool Matches(MessageView view) =>
        (Status is null || view.Status == Status || (Status == "replied" && view.Markers.Contains(Status)))
        && (Device is null || view.DeviceId == Device)
        && (Number is null || view.Remote == Number || view.Line == Number);

    private static long? At(string? text) =>
        Moments.TryRead(text, out var instant) ? instant?.ToUnixTimeMilliseconds() : null;
}
