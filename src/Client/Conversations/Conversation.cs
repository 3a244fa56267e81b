using Gateway.Client.Messages;

namespace Gateway.Client.Conversations;

/// <summary>All messages between one line and one remote party.</summary>
/// <param name="Line">The gateway's number.</param>
/// <param name="Remote">The other side.</param>
/// <param name="Last">Its newest entry; null while the view of messages trails.</param>
public sealed record Conversation(
    Guid Id,
    string Line,
    string Remote,
    int Unread,
    DateTimeOffset LastAt,
    Message? Last
);

/// <summary>Up to where somebody has read.</summary>
internal sealed record ReadMark(long? UpTo);

/// <summary>An answer by the conversation's own line.</summary>
internal sealed record Reply(string Text, bool? DeliveryReport);
