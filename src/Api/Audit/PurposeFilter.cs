namespace Gateway.Api.Audit;

/// <summary>Where the policy asks for it, nobody is shown texts without saying why.</summary>
public static class PurposeFilter
{
    private const int MostCharacters = 200;

    /// <summary>For routes that show texts.</summary>
    public static RouteHandlerBuilder ShowsTexts(this RouteHandlerBuilder route) =>
        route.AddEndpointFilter(
            async (context, next) =>
            {
                var http = context.HttpContext;
                var purpose = http.Request.Headers[Shown.PurposeHeader].ToString();
                var policy = http.RequestServices.GetRequiredService<IConfiguration>();
                return purpose.Length > MostCharacters
                        ? Problems.Malformed("purpose-is-too-long", $"At most {MostCharacters} characters.")
                    : purpose.Length == 0 && policy.GetValue("Audit:RequirePurpose", false)
                        ? Problems.Malformed(
                            "purpose-is-missing",
                            $"Texts are shown here only to those who say why, in the header {Shown.PurposeHeader}."
                        )
                    : await next(context);
            }
        );
}
