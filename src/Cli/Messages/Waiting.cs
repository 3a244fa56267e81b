using System.CommandLine;
using Gateway.Cli.Running;
using Gateway.Client.Messages;

namespace Gateway.Cli.Messages;

/// <summary><c>--wait</c>: stays until it is known what became of a message.</summary>
public sealed class Waiting
{
    private static readonly TimeSpan UsualPatience = TimeSpan.FromMinutes(2);

    private readonly Option<bool> wait = new("--wait")
    {
        Description = "Wait until it is sent, or can't be any more; then the exit code says which.",
    };

    private readonly Option<bool> delivered = new("--wait-delivered")
    {
        Description = "Wait until the network reports it as delivered, or can't any more.",
    };

    private readonly Option<TimeSpan?> patience = Given.Span(
        "--patience",
        "Wait no longer than this; 2m when left out."
    );

    /// <summary>Gives a command the options.</summary>
    public void AddTo(Command command)
    {
        command.Add(wait);
        command.Add(delivered);
        command.Add(patience);
    }

    /// <summary>Shows what was accepted, or waits and shows what became of it.</summary>
    public async Task Finish(Call call, AcceptedMessage accepted)
    {
        if (!call.Get(wait) && !call.Get(delivered))
        {
            call.Output.Show(accepted, MessageSheets.Accepted);
            return;
        }

        var message = await Outcome(call, accepted.Id);
        call.Output.Show(message, MessageSheets.Messages);
        if (!IsGood(message))
        {
            throw new CommandException(ExitCode.Refused, SentenceOf(message));
        }
    }

    private Task<Message> Outcome(Call call, Guid id)
    {
        var time = call.Here.Time;
        var (start, last) = (time.GetTimestamp(), "");
        return Polling.Until(
            call,
            () => call.Client.Messages.Read(id, call.Cancellation),
            message =>
            {
                if (message.Status != last)
                {
                    call.Output.Hint($"{message.Status} …");
                    last = message.Status;
                }

                return MessageStatus.IsFinal(message.Status)
                    || (!call.Get(delivered) && IsGood(message))
                    || time.GetElapsedTime(start) >= (call.Get(patience) ?? UsualPatience);
            }
        );
    }

    private static bool IsGood(Message message) =>
        message.Status is MessageStatus.Sent or MessageStatus.Delivered;

    private static string SentenceOf(Message message) =>
        message.Status switch
        {
            MessageStatus.InDoubt => "Nobody knows whether it left; it is not sent again by itself.",
            var status when MessageStatus.IsFinal(status) => $"The message is {status}.",
            var status => $"The message is still {status}; see: gateway messages show {message.Id}",
        };
}
