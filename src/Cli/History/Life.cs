using System.Net;
using System.Text.Json;
using Gateway.Cli.Running;
using Gateway.Cli.Showing;
using Gateway.Client;
using Gateway.Client.History;

namespace Gateway.Cli.History;

/// <summary>The facts of one thing, and how to learn what it was after each.</summary>
/// <param name="StateAfter">Null when there was nothing, or for a thing of which the gateway shows no state.</param>
public sealed record Life(IReadOnlyList<Fact> Facts, Func<Fact, Task<JsonElement?>> StateAfter)
{
    private const int MostOnAPage = 500;

    /// <summary>By the id of a message, conversation, device, webhook …</summary>
    /// <exception cref="CommandException">Nothing has this id.</exception>
    public static async Task<Life> Find(Call call, Guid id)
    {
        var (gateway, stop) = (call.Client, call.Cancellation);
        var facts = await Search(call, new() { Stream = id });
        return (facts is [var first, ..] ? first.Type : null) switch
        {
            null or "conversation_read" => await OfConversation(call, id),
            "message_queued" or "inbound_message_received" => new(
                facts,
                fact => State(() => gateway.Messages.ReadVersion(id, fact.Version, stop))
            ),
            "device_paired" => new(
                facts,
                fact => State(async () => (await gateway.Devices.ReadThen(id, At(fact), stop)).Item)
            ),
            "webhook_registered" => new(
                facts,
                fact => State(async () => (await gateway.Webhooks.ReadThen(id, At(fact), stop)).Item)
            ),
            _ => new(facts, _ => Task.FromResult<JsonElement?>(null)),
        };
    }

    /// <summary>A conversation has hardly any facts of its own; it lives by those of its texts.</summary>
    private static async Task<Life> OfConversation(Call call, Guid id)
    {
        var (conversations, stop) = (call.Client.Conversations, call.Cancellation);
        var found =
            await Known(() => conversations.Read(id, stop))
            ?? throw new CommandException(ExitCode.Refused, "There is nothing with this id.");
        HashSet<Guid> streams = [id];
        await foreach (var text in conversations.Entries(id, null, MostOnAPage, stop))
        {
            streams.Add(text.Id);
        }

        var facts = await Search(call, new() { Number = found.Remote });
        return new(
            [.. facts.Where(fact => streams.Contains(fact.Stream))],
            fact => State(async () => (await conversations.ReadThen(id, At(fact), stop)).Item)
        );
    }

    private static async Task<IReadOnlyList<Fact>> Search(Call call, FactFilter filter) =>
        await call
            .Client.Audit.List(filter, null, MostOnAPage, call.Cancellation)
            .ToListAsync(call.Cancellation);

    private static Past At(Fact fact) => new(Moment.At(fact.Position));

    private static async Task<JsonElement?> State<T>(Func<Task<T>> read)
        where T : class => await Known(read) is { } state ? WholeJson.Element(state) : null;

    /// <summary>Null for what the gateway doesn't know.</summary>
    private static async Task<T?> Known<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read();
        }
        catch (GatewayProblemException problem) when (problem.Status == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
