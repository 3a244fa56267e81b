using FluentValidation.Results;
using Gateway.Domain;
using Gateway.Domain.Access;

namespace Gateway.Api;

/// <summary>The one place where a no becomes a problem document (RFC 9457).</summary>
public static class Problems
{
    /// <summary>A refusal, under its stable code.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult ToProblem(
        this Rejection rejection
    ) =>
        TypedResults.Problem(
            type: $"/problems/{rejection.Code}",
            title: TitleOf(rejection.Code),
            detail: rejection.Detail,
            statusCode: StatusOf(rejection),
            extensions: new Dictionary<string, object?> { ["code"] = rejection.Code }
        );

    /// <summary>A malformed request: one entry per field.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult ToProblem(
        this ValidationResult result
    ) =>
        Malformed(
            "request-is-malformed",
            "Some fields can't be accepted; see errors.",
            result
                .Errors.GroupBy(error => FieldOf(error.PropertyName))
                .ToDictionary(
                    field => field.Key,
                    field => field.Select(error => error.ErrorMessage).ToArray()
                )
        );

    /// <summary>A malformed request that no field stands for, or a single one.</summary>
    public static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Malformed(
        string code,
        string detail,
        IDictionary<string, string[]>? errors = null
    )
    {
        var extensions = new Dictionary<string, object?> { ["code"] = code };
        if (errors is not null)
        {
            extensions["errors"] = errors;
        }

        return TypedResults.Problem(
            type: $"/problems/{code}",
            title: TitleOf(code),
            detail: detail,
            statusCode: StatusCodes.Status400BadRequest,
            extensions: extensions
        );
    }

    private static int StatusOf(Rejection rejection) =>
        rejection switch
        {
            ApiKeyIsMissing or ApiKeyIsInvalid => StatusCodes.Status401Unauthorized,
            { Kind: RejectionKind.Missing } => StatusCodes.Status404NotFound,
            { Kind: RejectionKind.Conflict } => StatusCodes.Status409Conflict,
            { Kind: RejectionKind.Forbidden } => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status422UnprocessableEntity,
        };

    private static string TitleOf(string code) =>
        char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');

    private static string FieldOf(string property) =>
        property.Length == 0 ? property : char.ToLowerInvariant(property[0]) + property[1..];
}
