using Microsoft.Playwright;

namespace JobServer.EndToEnd.Tests;

/// <summary>Fills in the pages of an application, whatever they ask for.</summary>
internal static class ApplicationForms
{
    public static async Task FillAsync(IPage page, string studyName)
    {
        foreach (var box in await page.Locator("main form .field input:not([type=radio]):not([type=checkbox]):not([type=hidden]), main form .field textarea").AllAsync())
        {
            if (await box.InputValueAsync() is { Length: > 0 })
            {
                continue;
            }

            await box.FillAsync(await box.GetAttributeAsync("type") switch
            {
                "email" => "researcher@example.org",
                "tel" => "+44 20 7946 0000",
                "date" => "2026-01-15",
                _ => await box.GetAttributeAsync("name") == "study_name" ? studyName : "An answer that says enough.",
            });
        }

        foreach (var group in await page.Locator("main form fieldset.field").AllAsync())
        {
            await group.Locator("input").First.CheckAsync();
        }
    }
}
