using Gateway.Domain.Telephony;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using NodaTime;

namespace Gateway.Api.Setup;

/// <summary>What OpenAPI can't find out by itself: how values are written, and that a key is needed.</summary>
public static class Description
{
    private const string KeyScheme = "apiKey";

    public static void AddDescription(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.AddSchemaTransformer(
                (schema, context, _) =>
                {
                    var type = context.JsonTypeInfo.Type;
                    if (type == typeof(Instant) || type == typeof(Instant?))
                    {
                        (schema.Type, schema.Format) = (JsonSchemaType.String, "date-time");
                    }
                    else if (type == typeof(Msisdn) || type == typeof(Msisdn?))
                    {
                        (schema.Type, schema.Pattern) = (JsonSchemaType.String, @"^\+[1-9]\d{6,14}$");
                    }

                    return Task.CompletedTask;
                }
            );
            options.AddDocumentTransformer(
                (document, _, _) =>
                {
                    document.Info = new()
                    {
                        Title = "Gateway",
                        Version = "v1",
                        Description = "Texts through real SIMs, and their whole history.",
                    };
                    document.Components ??= new();
                    document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
                    {
                        [KeyScheme] = new OpenApiSecurityScheme
                        {
                            Type = SecuritySchemeType.Http,
                            Scheme = "bearer",
                            Description = "An API key: gk_…",
                        },
                    };
                    return Task.CompletedTask;
                }
            );
            options.AddOperationTransformer(
                (operation, context, _) =>
                {
                    if (
                        !context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any()
                    )
                    {
                        operation.Security =
                        [
                            new() { [new OpenApiSecuritySchemeReference(KeyScheme, context.Document)] = [] },
                        ];
                    }

                    return Task.CompletedTask;
                }
            );
        });
}
