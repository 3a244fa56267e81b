using Gateway.Domain.Conversations;
using Marten;
using NodaTime;

namespace Gateway.Application.Conversations;

/// <summary>Somebody has seen a conversation up to a position.</summary>
public sealed record ReadConversation(Guid ConversationId, long UpTo, Origin Origin);

public static class ReadConversationHandler
{
    public static void Handle(ReadConversation command, IDocumentSession session, IClock clock)
    {
        var read = new ConversationRead(command.ConversationId, command.UpTo, clock.GetCurrentInstant());
        command.Origin.SignOn(session.Events.Append(command.ConversationId, read).Events);
    }
}
