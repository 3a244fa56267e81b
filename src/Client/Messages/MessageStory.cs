using Gateway.Client.History;

namespace Gateway.Client.Messages;

/// <summary>Why a message is as it is.</summary>
/// <param name="DecidedBy">The fact with which the status became what it is.</param>
/// <param name="Correlation">Ties together all that followed from the same request.</param>
/// <param name="Steps">In the order in which they were learned.</param>
public sealed record MessageStory(
    Guid Id,
    string Status,
    IReadOnlyList<string> Markers,
    Guid DecidedBy,
    string? Correlation,
    IReadOnlyList<StoryStep> Steps
);

/// <summary>One step of a story.</summary>
/// <param name="Says">One sentence for a person.</param>
/// <param name="Status">Of the message with this step; null before it was known.</param>
/// <param name="IsOwn">False for what happened around it, such as its device going silent.</param>
/// <param name="Fact">What was recorded.</param>
public sealed record StoryStep(
    string Says,
    string? Status,
    IReadOnlyList<string> Markers,
    bool IsOwn,
    Fact Fact
);
