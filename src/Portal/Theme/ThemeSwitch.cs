using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Mvc;

namespace JobServer.Portal.Theme;

internal static class ThemeSwitch
{
    public const string Address = "/theme";

    public static void MapThemeSwitch(this WebApplication app) => app.MapPost(Address, Choose).AllowAnonymous();

    private static IResult Choose(
        HttpContext context, [FromForm] string? theme, [FromForm(Name = "return")] string? back)
    {
        if (ThemeChoice.Known(theme) is { } choice)
        {
            context.Response.Cookies.Append(ThemeChoice.Cookie, choice, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
        }

        return Results.LocalRedirect(LocalAddress.OrHome(back));
    }
}
