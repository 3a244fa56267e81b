using System.Text.Json;

namespace Gateway.Client.History;

/// <summary>What one event looks like.</summary>
/// <param name="Version">Of the form that is told today.</param>
/// <param name="Read">Every version that may stand in the store; older ones are told in the form of today.</param>
/// <param name="Schema">JSON Schema (draft 2020-12) of <see cref="Fact.Data"/>.</param>
public sealed record EventSchema(string Type, int Version, IReadOnlyList<int> Read, JsonElement Schema);
