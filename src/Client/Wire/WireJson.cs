using System.Text.Json;
using System.Text.Json.Serialization;
using Gateway.Client.Access;
using Gateway.Client.Archives;
using Gateway.Client.Audit;
using Gateway.Client.Conversations;
using Gateway.Client.Devices;
using Gateway.Client.History;
using Gateway.Client.Messages;
using Gateway.Client.Projections;
using Gateway.Client.Webhooks;

namespace Gateway.Client.Wire;

/// <summary>Every shape that goes over the wire. Fields that we don't know are passed over.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SendMessage))]
[JsonSerializable(typeof(AcceptedMessage))]
[JsonSerializable(typeof(DryRun))]
[JsonSerializable(typeof(DoubtAnswer))]
[JsonSerializable(typeof(Page<Message>))]
[JsonSerializable(typeof(Page<Conversation>))]
[JsonSerializable(typeof(ReadMark))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(PairingCode))]
[JsonSerializable(typeof(ForTheRecord))]
[JsonSerializable(typeof(IReadOnlyList<Device>))]
[JsonSerializable(typeof(IReadOnlyList<DeviceHealth>))]
[JsonSerializable(typeof(NewWebhook))]
[JsonSerializable(typeof(MadeWebhook))]
[JsonSerializable(typeof(IReadOnlyList<Webhook>))]
[JsonSerializable(typeof(Page<WebhookAttempt>))]
[JsonSerializable(typeof(NewReplay))]
[JsonSerializable(typeof(ReplayCount))]
[JsonSerializable(typeof(IReadOnlyList<Replay>))]
[JsonSerializable(typeof(NewApiKey))]
[JsonSerializable(typeof(MadeApiKey))]
[JsonSerializable(typeof(IReadOnlyList<ApiKey>))]
[JsonSerializable(typeof(Page<Fact>))]
[JsonSerializable(typeof(IReadOnlyList<Fact>))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(EventSchema))]
[JsonSerializable(typeof(IReadOnlyList<EventSchema>))]
[JsonSerializable(typeof(Difference))]
[JsonSerializable(typeof(MessageStory))]
[JsonSerializable(typeof(CausationGraph))]
[JsonSerializable(typeof(FactCount))]
[JsonSerializable(typeof(NewExport))]
[JsonSerializable(typeof(Page<Export>))]
[JsonSerializable(typeof(ExportManifest))]
[JsonSerializable(typeof(IReadOnlyList<Reader>))]
[JsonSerializable(typeof(IReadOnlyList<ParkedEvent>))]
[JsonSerializable(typeof(IReadOnlyList<Rebuild>))]
[JsonSerializable(typeof(NewRebuild))]
[JsonSerializable(typeof(SealedLine))]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class WireJson : JsonSerializerContext;
