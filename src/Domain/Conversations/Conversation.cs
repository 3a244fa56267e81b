using NodaTime;

namespace Gateway.Domain.Conversations;

/// <summary>All messages between one line of ours and one remote party. It has no state of its own but how far it was read.</summary>
public static class Conversation
{
    /// <summary>The id that a line and a remote party share, whoever wrote first.</summary>
    /// <param name="line">Our number in E.164 form, or the stable name of a SIM whose number isn't known.</param>
    /// <param name="remote">The other side's number or name.</param>
    public static Guid IdBetween(string line, string remote) => DerivedId.Of("conversation", line, remote);
}

/// <summary>Somebody has seen the conversation up to this instant.</summary>
/// <param name="UpTo">Position in the store of the newest entry that was seen.</param>
public sealed record ConversationRead(Guid ConversationId, long UpTo, Instant At);
