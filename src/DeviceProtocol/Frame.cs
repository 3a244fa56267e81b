using System.Text.Json.Serialization;

namespace Gateway.DeviceProtocol;

/// <summary>One message of the link protocol <c>agent.v1</c>; its kind is the JSON field <c>t</c>.</summary>
public abstract record Frame;

/// <summary>What a device says to the gateway. The plain base stands for a kind this side doesn't know.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "t", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(Hello), "hello")]
[JsonDerivedType(typeof(Fact), "fact")]
[JsonDerivedType(typeof(Taken), "taken")]
[JsonDerivedType(typeof(Declined), "declined")]
[JsonDerivedType(typeof(Claim), "claim")]
[JsonDerivedType(typeof(Renew), "renew")]
[JsonDerivedType(typeof(Health), "health")]
[JsonDerivedType(typeof(Ask), "ask")]
[JsonDerivedType(typeof(Pong), "pong")]
[JsonDerivedType(typeof(Log), "log")]
public record UpFrame : Frame;

/// <summary>What the gateway says to a device. The plain base stands for a kind this side doesn't know.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "t", IgnoreUnrecognizedTypeDiscriminators = true)]
[JsonDerivedType(typeof(Challenge), "challenge")]
[JsonDerivedType(typeof(Welcome), "welcome")]
[JsonDerivedType(typeof(Lease), "lease")]
[JsonDerivedType(typeof(ClaimYes), "claim.yes")]
[JsonDerivedType(typeof(ClaimNo), "claim.no")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Query), "query")]
[JsonDerivedType(typeof(Ack), "ack")]
[JsonDerivedType(typeof(Resend), "resend")]
[JsonDerivedType(typeof(Ping), "ping")]
[JsonDerivedType(typeof(Settings), "settings")]
[JsonDerivedType(typeof(Command), "command")]
public record DownFrame : Frame;
