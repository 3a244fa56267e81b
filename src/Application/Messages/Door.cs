using Gateway.Domain.Messages;
using Marten;
using Marten.Exceptions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wolverine;

namespace Gateway.Application.Messages;

/// <summary>
/// Where orders come in. Those that arrive at the same time share a transaction; each caller gets its own answer, after
/// the commit. A batch in which one order is known already falls back to one by one.
/// </summary>
public sealed class Door : BackgroundService
{
    private const int MostAtOnce = 200;

    private readonly IServiceScopeFactory scopes;
    private readonly IDocumentStore store;
    private readonly Gather<Caller> callers;

    public Door(IServiceScopeFactory scopes, IDocumentStore store, TimeProvider time)
    {
        (this.scopes, this.store) = (scopes, store);
        callers = new(MostAtOnce, time, Answer);
    }

    /// <summary>Answers after the order is committed, or refused.</summary>
    public Task<OrderAnswer> Queue(string tenant, Order order)
    {
        var caller = new Caller(tenant, order, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return callers.Add(caller)
            ? caller.Answer.Task
            : Task.FromException<OrderAnswer>(new OperationCanceledException("The gateway is stopping."));
    }

    /// <inheritdoc />
    public override Task StopAsync(CancellationToken cancellationToken)
    {
        callers.Complete();
        return base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => callers.Run();

    private async Task Answer(IReadOnlyList<Caller> batch)
    {
        foreach (var tenant in batch.GroupBy(caller => caller.Tenant))
        {
            await Answer(tenant.Key, [.. tenant]);
        }
    }

    private async Task Answer(string tenant, IReadOnlyList<Caller> batch)
    {
        try
        {
            var answers = await Commit(tenant, batch);
            foreach (var (caller, answer) in batch.Zip(answers))
            {
                caller.Answer.SetResult(answer);
            }
        }
        catch (ExistingStreamIdCollisionException) when (batch.Count > 1)
        {
            foreach (var caller in batch)
            {
                await Answer(tenant, [caller]);
            }
        }
        catch (ExistingStreamIdCollisionException)
        {
            await AnswerRepeated(tenant, batch[0]);
        }
        catch (Exception broken)
        {
            // Each caller gets the fault as its own answer; the door stays open for the next.
            foreach (var caller in batch)
            {
                caller.Answer.TrySetException(broken);
            }
        }
    }

    private async Task<IReadOnlyList<OrderAnswer>> Commit(string tenant, IReadOnlyList<Caller> batch)
    {
        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IMessageBus>();
        var command = new QueueMessages([.. batch.Select(caller => caller.Order)]);
        return (await bus.InvokeForTenantAsync<QueueAnswers>(tenant, command)).Answers;
    }

    /// <summary>The id is known: the same order gets the same answer, another one is refused.</summary>
    private async Task AnswerRepeated(string tenant, Caller caller)
    {
        try
        {
            await using var session = store.QuerySession(tenant);
            var (id, queued, _) = caller.Order;
            var message = await session.Events.AggregateStreamAsync<Message>(id);
            var decision = Message.Queue(message, queued);
            caller.Answer.SetResult(new(id, message?.Order ?? queued, decision.Rejection));
        }
        catch (Exception broken)
        {
            caller.Answer.TrySetException(broken);
        }
    }

    private sealed record Caller(string Tenant, Order Order, TaskCompletionSource<OrderAnswer> Answer);
}
