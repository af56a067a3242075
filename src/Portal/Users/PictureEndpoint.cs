using JobServer.Data;
using JobServer.Domain.Access;
using JobServer.Portal.Access;
using JobServer.Portal.Ui;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace JobServer.Portal.Users;

internal static class PictureEndpoint
{
    private static readonly TimeSpan KeepFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan KeepInitialsFor = TimeSpan.FromMinutes(5);

    /// <summary>The picture of whoever asks; their initials where there is none to be had.</summary>
    public static void MapPicture(this IEndpointRouteBuilder endpoints) => endpoints
        .MapGet("/picture", async (HttpContext context, JobServerDb db, Pictures pictures) =>
        {
            var personId = context.Person()!.Id;
            var address = await db.Users.AsNoTracking().Where(user => user.Id == personId)
                .Select(user => user.PictureAddress).SingleOrDefaultAsync(context.RequestAborted);
            var picture = address is null ? null : await pictures.FindAsync(address, context.RequestAborted);
            context.Response.GetTypedHeaders().CacheControl =
                new CacheControlHeaderValue { Private = true, MaxAge = picture is null ? KeepInitialsFor : KeepFor };
            return picture is null
                ? Results.Bytes(InitialsPicture.Of(context.Features.Get<AccountView>()!), InitialsPicture.ContentType)
                : Results.Bytes(picture.Bytes, picture.ContentType);
        })
        .WithMetadata(new RequiresPermissionAttribute(Permission.UseOwnAccount));
}
