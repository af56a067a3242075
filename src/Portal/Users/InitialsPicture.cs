using System.Text;
using System.Text.Encodings.Web;
using JobServer.Portal.Ui;

namespace JobServer.Portal.Users;

/// <summary>A person's initials as a picture, for when there is no other.</summary>
internal static class InitialsPicture
{
    public const string ContentType = "image/svg+xml";

    public static byte[] Of(AccountView account) => Encoding.UTF8.GetBytes(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\" width=\"32\" height=\"32\"><rect width=\"32\" height=\"32\" fill=\"#0c5b5f\"/>" +
        "<text x=\"16\" y=\"16.5\" fill=\"#fff\" font-family=\"system-ui, sans-serif\" font-size=\"13\" font-weight=\"700\" " +
        $"text-anchor=\"middle\" dominant-baseline=\"central\">{HtmlEncoder.Default.Encode(account.Initials)}</text></svg>");
}
