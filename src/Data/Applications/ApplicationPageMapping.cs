using JobServer.Domain.Applications;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace JobServer.Data.Applications;

internal sealed class ApplicationPageMapping : IEntityTypeConfiguration<ApplicationPage>
{
    public void Configure(EntityTypeBuilder<ApplicationPage> builder)
    {
        builder.HasKey(page => new { page.ApplicationId, page.Key });
        builder.Property(page => page.Key).HasMaxLength(ApplicationPage.KeyMaxLength).IsUnicode(false);
        builder.Property(page => page.Notes).HasMaxLength(ApplicationPage.NotesMaxLength);
    }
}
