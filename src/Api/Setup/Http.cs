using Carter;
using FluentValidation;
using Gateway.Api.Access;
using Gateway.Api.Messages;
using Gateway.Application;
using Gateway.Application.Messages;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Scalar.AspNetCore;

namespace Gateway.Api.Setup;

/// <summary>HTTP: shapes, limits, errors, and the description of it all.</summary>
public static partial class Http
{
    /// <summary>No request of ours needs more; octets.</summary>
    private const long MostOctets = 256 * 1024;

    public static void AddHttp(this WebApplicationBuilder builder)
    {
        if (
            builder.Configuration["urls"] is null
            && builder.Configuration["Kestrel:Endpoints:Http:Url"] is null
        )
        {
            builder.WebHost.UseUrls("http://127.0.0.1:8080");
        }

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostOctets;
        });
        builder.Services.Configure<JsonOptions>(options =>
        {
            options.SerializerOptions.AddDomainValues();
            options.SerializerOptions.RespectNullableAnnotations = false;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(9));
        builder.Services.AddCarter();
        builder.Services.AddProblemDetails(problems =>
            problems.CustomizeProblemDetails = context =>
                Describe(context.ProblemDetails, context.HttpContext)
        );
        builder.Services.AddExceptionHandler<BrokenRequests>();
        builder.Services.AddSingleton<IValidator<SendMessage>, SendMessage.Validator>();
        builder.Services.AddSingleton<IValidator<DoubtAnswer>, DoubtAnswer.Validator>();
        builder.Services.AddSingleton<IValidator<NewApiKey>, NewApiKey.Validator>();
        builder.Services.AddDescription();
    }

    public static void UseHttp(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(20) });
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/reference").AllowAnonymous();
        app.MapCarter();
        app.MapWatching();
    }

    /// <summary>Checks the body before the handler: what is malformed never reaches it.</summary>
    public static RouteHandlerBuilder Validates<T>(this RouteHandlerBuilder route)
        where T : class =>
        route
            .AddEndpointFilter(
                async (context, next) =>
                {
                    if (context.Arguments.OfType<T>().FirstOrDefault() is not { } body)
                    {
                        return Problems.Malformed("request-is-malformed", "A JSON body is expected.");
                    }

                    var validator = context.HttpContext.RequestServices.GetRequiredService<IValidator<T>>();
                    var result = await validator.ValidateAsync(body, context.HttpContext.RequestAborted);
                    return result.IsValid ? await next(context) : result.ToProblem();
                }
            )
            .ProducesProblem(StatusCodes.Status400BadRequest);

    /// <summary>Problems that the framework makes get a code too, and every one its trace.</summary>
    private static void Describe(Microsoft.AspNetCore.Mvc.ProblemDetails problem, HttpContext http)
    {
        if (!problem.Extensions.ContainsKey("code"))
        {
            var code = problem.Status switch
            {
                400 => "request-is-malformed",
                404 => "route-is-unknown",
                405 => "method-is-not-allowed",
                413 => "body-is-too-large",
                415 => "content-type-is-not-json",
                429 => "too-many-requests",
                503 => "database-is-unavailable",
                _ => "gateway-is-broken",
            };
            problem.Type = $"/problems/{code}";
            problem.Extensions["code"] = code;
        }

        problem.Instance ??= http.Request.Path;
    }

    /// <summary>Faults of the request that surface as exceptions, and of the database; all others are ours.</summary>
    private sealed partial class BrokenRequests(
        IProblemDetailsService problems,
        ILogger<BrokenRequests> logger
    ) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(
            HttpContext http,
            Exception exception,
            CancellationToken cancellation
        )
        {
            http.Response.StatusCode = exception switch
            {
                BadHttpRequestException bad => bad.StatusCode,
                Npgsql.NpgsqlException or OperationCanceledException =>
                    StatusCodes.Status503ServiceUnavailable,
                _ when exception.InnerException is Npgsql.NpgsqlException =>
                    StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status500InternalServerError,
            };
            var detail = exception switch
            {
                BadHttpRequestException { InnerException: System.Text.Json.JsonException json } =>
                    $"The body is not the JSON that is expected here: {json.Path ?? "$"}, line {json.LineNumber + 1}.",
                BadHttpRequestException bad => bad.Message,
                _ when http.Response.StatusCode == 503 =>
                    "The database can't be reached; try again with the same Idempotency-Key.",
                _ => "Something broke on our side; the trace id finds it in the log.",
            };
            if (http.Response.StatusCode == 503)
            {
                http.Response.Headers.RetryAfter = "1";
            }

            // The framework keeps quiet about what a handler takes care of.
            if (http.Response.StatusCode >= 500)
            {
                LogBroken(logger, http.Request.Method, http.Request.Path, exception);
            }

            return await problems.TryWriteAsync(
                new()
                {
                    HttpContext = http,
                    ProblemDetails = { Status = http.Response.StatusCode, Detail = detail },
                }
            );
        }

        [LoggerMessage(LogLevel.Error, "{Method} {Path} could not be answered")]
        private static partial void LogBroken(ILogger logger, string method, string path, Exception broken);
    }
}
