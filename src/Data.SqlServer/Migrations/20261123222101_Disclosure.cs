using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace JobServer.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class Disclosure : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "CheckedWith",
                table: "OutputFiles",
                type: "nvarchar(80)",
                maxLength: 80,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Findings",
                table: "OutputFiles",
                type: "nvarchar(max)",
                nullable: false,
                defaultValue: "[]");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "CheckedWith",
                table: "OutputFiles");

            migrationBuilder.DropColumn(
                name: "Findings",
                table: "OutputFiles");
        }
    }
}
