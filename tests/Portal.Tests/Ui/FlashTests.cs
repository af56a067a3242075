using JobServer.Portal.Ui;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.ViewFeatures;

namespace JobServer.Portal.Tests.Ui;

public sealed class FlashTests
{
    [Fact]
    public void What_a_study_wrote_cannot_make_the_cookie_so_long_that_every_page_is_refused()
    {
        var data = new TempDataDictionary(new DefaultHttpContext(), new Nowhere());

        data.Fail("Nothing was submitted. " + string.Concat(Enumerable.Repeat("😀", 100_000)));

        var (_, text) = Flash.Take(data)!.Value;
        Assert.InRange(text.Length, 990, 1_001);
        Assert.DoesNotContain(text.EnumerateRunes(), rune => rune.Value == 0xFFFD);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
    }

    private sealed class Nowhere : ITempDataProvider
    {
        public IDictionary<string, object> LoadTempData(HttpContext context) => new Dictionary<string, object>();

        public void SaveTempData(HttpContext context, IDictionary<string, object> values)
        {
        }
    }
}
