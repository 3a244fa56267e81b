using System.Net;
using System.Text.Json;

namespace Gateway.Scenarios.History;

/// <summary>What can't be written is refused at once, and nothing is begun.</summary>
public class RefusingAnExport(SharedGateway shared)
{
    [Theory]
    [InlineData("""{"format": "xlsx"}""", "export-format-is-unknown")]
    [InlineData("""{}""", "export-format-is-unknown")]
    [InlineData("""{"format": "csv", "types": ["fax_sent"]}""", "event-type-is-unknown")]
    [InlineData("""{"format": "csv", "after": 999999999999}""", "moment-is-in-the-future")]
    [InlineData("""{"format": "csv", "until": "2199-01-01T00:00:00Z"}""", "moment-is-in-the-future")]
    [InlineData("""{"format": "csv", "since": "yesterday"}""", "moment-is-invalid")]
    [InlineData("""{"format": "csv", "after": -1}""", "moment-is-invalid")]
    [InlineData("""{"format": "csv", "stream": "one"}""", "request-is-malformed")]
    [InlineData("""{"format": "csv", "types": [null]}""", "request-is-malformed")]
    public async Task What_cannot_be_exported_is_refused_with_its_reason(string body, string code)
    {
        await using var tenant = await Export.TenantWithTexts(await shared.Host, 1);

        var problem = await tenant.Post(
            "/v1/audit/exports",
            JsonSerializer.Deserialize<JsonElement>(body),
            HttpStatusCode.BadRequest
        );

        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Empty((await tenant.Get("/v1/audit/exports")).GetProperty("items").EnumerateArray());
    }
}
