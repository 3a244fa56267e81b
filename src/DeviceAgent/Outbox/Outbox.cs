using System.Threading.Channels;
using Gateway.DeviceAgent.Modem;
using Gateway.DeviceAgent.Outbox.OnDisk;
using Gateway.DeviceProtocol;

namespace Gateway.DeviceAgent.Outbox;

/// <summary>
/// Runs the dispatcher: takes in all that has happened, commits once, and only then sends and submits. What happens
/// together shares a sync; nothing waits for more to happen.
/// </summary>
public sealed class Outbox(Journal journal, Dispatcher dispatcher, CrashPoints crash)
{
    private readonly Channel<Happened> inbox = Channel.CreateUnbounded<Happened>(
        new() { SingleReader = true }
    );
    private int inFlight;
    private bool isStopping;

    /// <summary>Where frames go while there is a connection; it must not block.</summary>
    private volatile Action<IReadOnlyList<UpFrame>>? link;

    /// <summary>Tells the dispatcher, from any thread.</summary>
    public void Post(Happened happened) => inbox.Writer.TryWrite(happened);

    /// <summary>A connection begins or ends; null for none.</summary>
    public void Connect(Action<IReadOnlyList<UpFrame>>? send)
    {
        link = send;
        if (send is null)
        {
            Post(new LinkWentDown());
        }
    }

    /// <summary>Works until it is stopped and nothing is in flight any more.</summary>
    /// <param name="stop">Begin nothing new.</param>
    /// <param name="abandon">Don't wait for what is in flight; it will be in doubt after the next start.</param>
    /// <exception cref="JournalException">Nothing can be written down; so nothing is done.</exception>
    public async Task Run(string? previousExit, CancellationToken stop, CancellationToken abandon)
    {
        using var stopping = stop.Register(() =>
        {
            Post(new GatewaySaid(new Command(CommandWord.Drain)));
            Volatile.Write(ref isStopping, true);
            Post(new Ticked());
        });
        dispatcher.Start(previousExit);
        await Flush(0, abandon);
        while (!(Volatile.Read(ref isStopping) && inFlight == 0) && !abandon.IsCancellationRequested)
        {
            if (!inbox.Reader.TryPeek(out _))
            {
                await inbox.Reader.WaitToReadAsync(abandon);
            }
            var verdicts = 0;
            while (inbox.Reader.TryRead(out var happened))
            {
                verdicts += happened is PartEnded ? 1 : 0;
                dispatcher.Take(happened);
            }
            await Flush(verdicts, abandon);
        }
        await journal.Commit();
    }

    private async ValueTask Flush(int verdicts, CancellationToken abandon)
    {
        inFlight -= verdicts;
        dispatcher.Finish();
        if (journal.NeedsCommit)
        {
            await journal.Commit();
        }
        if (verdicts > 0)
        {
            crash.Pass("afterJournal");
        }
        Send();
        if (dispatcher.Orders.Count > 0)
        {
            var orders = dispatcher.Orders.ToArray();
            dispatcher.Orders.Clear();
            foreach (var order in orders)
            {
                CarryOut(order, abandon);
            }
        }
    }

    private void Send()
    {
        if (dispatcher.IsLinked)
        {
            dispatcher.Facts.Send(dispatcher.Frames);
        }
        if (dispatcher.Frames.Count > 0)
        {
            link?.Invoke(dispatcher.Frames.ToArray());
            dispatcher.Frames.Clear();
        }
    }

    private void CarryOut(Order order, CancellationToken abandon)
    {
        switch (order)
        {
            case SubmitNow submit:
                crash.Pass("afterIntent");
                inFlight++;
                Submit(submit, abandon);
                break;
            case ForgetInbound forget:
                crash.Pass("afterInboundJournal");
                crash.Pass("beforeInboundDelete");
                _ = forget.Radio.ConfirmInbound(forget.Key, abandon);
                break;
            case Release release:
                release.OnDisk.TrySetResult();
                break;
            case LookInto look:
                _ = LookInto(look, abandon);
                break;
        }
    }

    private void Submit(SubmitNow order, CancellationToken abandon)
    {
        var part = order.Part with { Reached = stage => Reached(order, stage) };
        var submission = order.Radio.SubmitPart(part, abandon);
        if (submission.IsCompletedSuccessfully)
        {
            End(order, submission.Result);
        }
        else
        {
            _ = Await(order, submission, abandon);
        }
    }

    private async Task Await(SubmitNow order, ValueTask<PartResult> submission, CancellationToken abandon)
    {
        try
        {
            End(order, await submission);
        }
        catch (Exception failure) when (!abandon.IsCancellationRequested)
        {
            // A radio that fails has told nothing; the part may be out. Abandoned, the open intent says so by itself.
            End(order, new Unknown($"The radio failed: {failure.GetType().Name}."));
        }
    }

    private void End(SubmitNow order, PartResult result)
    {
        crash.Pass("afterSubmit");
        Post(new PartEnded(order.Part.Sim, order.Part.Message, order.F, order.Part.Part, result));
    }

    private async ValueTask Reached(SubmitNow order, SubmitStage stage)
    {
        var onDisk = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(new PartReached(new(order.Part.Message, order.F, order.Part.Part, stage), onDisk));
        await onDisk.Task;
        if (stage is SubmitStage.Prompted or SubmitStage.Writing)
        {
            crash.Pass("after" + stage);
        }
    }

    private async Task LookInto(LookInto look, CancellationToken abandon)
    {
        var evidence = new Evidence(Conclusion.Unknown, "The radio could not be asked.");
        try
        {
            evidence = await look.Radio.Investigate(look.Intent, abandon);
        }
        catch (Exception failure) when (!abandon.IsCancellationRequested)
        {
            evidence = evidence with { Lines = [failure.GetType().Name] };
        }
        Post(new Investigated(look.Intent, evidence));
    }
}
